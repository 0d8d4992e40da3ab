import { inParallel, type Platform } from '@orion/access';
import { API_PREFIX, ENDPOINTS, pathOf, Problem } from '@orion/contracts';
import { randomUUID } from 'node:crypto';

const WIDTH = 4;

interface Told {
  status: number;
  text: string;
}

/** Every route that takes an id, at the gateway and at its service past the gateway. */
const doors = ({ url, serviceUrls }: Platform) =>
  ENDPOINTS.filter((it) => it.path.includes(':id')).flatMap((endpoint) =>
    [url, serviceUrls[endpoint.service] ?? url].map((base) => ({ endpoint, base })),
  );

type Door = ReturnType<typeof doors>[number];

async function ask({ endpoint, base }: Door, id: string, token: string): Promise<Told> {
  const { method } = endpoint;
  const sendsBody = endpoint.input.body !== undefined;
  const response = await fetch(base + API_PREFIX + pathOf(endpoint, { id }), {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(endpoint.idempotency === 'none' ? {} : { 'idempotency-key': randomUUID() }),
      ...(sendsBody ? { 'content-type': 'application/json' } : {}),
    },
    ...(sendsBody ? { body: '{}' } : {}),
    signal: AbortSignal.timeout(30_000),
  });
  const problem = Problem.safeParse(await response.json().catch(() => undefined));
  const { instance: _, correlationId: __, ...rest } = problem.data ?? { status: response.status };
  return { status: response.status, text: JSON.stringify(rest) };
}

/**
 * Tries every id of one organization at every route with the token of another.
 * @throws Error where an answer differs from that for an id nobody has, or is no refusal
 */
export async function crossEveryRoute(
  platform: Platform,
  token: string,
  foreign: readonly string[],
): Promise<{ routes: number; requests: number; notFound: number }> {
  const all = doors(platform);
  const faults: string[] = [];
  let notFound = 0;
  await inParallel(WIDTH, all, async (door) => {
    const missing = await ask(door, randomUUID(), token);
    for (const id of foreign) {
      const told = await ask(door, id, token);
      if (told.status === 404) notFound += 1;
      const refused = told.status === 404 || told.status === 400;
      if (!refused || told.text !== missing.text)
        faults.push(`${door.endpoint.id} at ${door.base}: ${told.text}, but ${missing.text} for nobody’s id`);
    }
  });
  if (faults.length > 0) throw new Error(`${faults.length} crossings: ${faults.slice(0, 3).join('; ')}`);
  return { routes: all.length / 2, requests: all.length * foreign.length, notFound };
}
