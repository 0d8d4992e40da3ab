import { createClient } from '@orion/client';
import { inParallel, type Platform } from '@orion/access';
import {
  API_PREFIX,
  createCustomer,
  createOrganization,
  createWebhookSubscription,
  type Endpoint,
  login,
} from '@orion/contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Hostile, hostileValues, LONGEST } from './hostile';
import { sendBytes } from './send-bytes';

const ROUNDS = 3;
const WIDTH = 4;
const ADDRESS = { country: 'FR', place: { latitude: 45.76, longitude: 4.84 } };

/** One endpoint of each service that reads a body, with a good one. */
const ENDPOINTS: readonly { endpoint: Endpoint; body: Record<string, unknown> }[] = [
  { endpoint: login, body: { email: 'nobody@faults.example.com', password: 'a password of nobody' } },
  { endpoint: createOrganization, body: { name: 'Hostile' } },
  { endpoint: createCustomer, body: { name: 'Hostile', address: ADDRESS } },
  {
    endpoint: createWebhookSubscription,
    body: { url: 'https://faults.example.com/hook', eventTypes: ['customer.created'] },
  },
];

interface Door {
  name: string;
  url: string;
  method: string;
  body: Record<string, unknown>;
}

/** Each endpoint at the gateway, and at its service past the gateway. */
const doors = ({ url, serviceUrls }: Platform): Door[] =>
  ENDPOINTS.flatMap(({ endpoint: { service, method, path, id }, body }) =>
    [url, serviceUrls[service] ?? ''].map((base) => ({
      name: `${id} at ${base}`,
      url: `${base}${API_PREFIX}${path}`,
      method,
      body,
    })),
  );

/** What each door says to an empty object: the fields it cannot do without. */
export async function refusalsOfNothing(platform: Platform, token: string): Promise<Record<string, string>> {
  const said = doors(platform).map(async ({ name, url, method }) => {
    const { status, text } = await sendBytes({
      method,
      url,
      token,
      body: Buffer.from('{}'),
      chunked: false,
    });
    const { errors } = JSON.parse(text) as { errors?: unknown };
    return [name, JSON.stringify({ status, errors })] as const;
  });
  return Object.fromEntries(await Promise.all(said));
}

async function sendOne(door: Door, hostile: Hostile, token: string, chunked: boolean): Promise<void> {
  const what = `${hostile.name}${chunked ? ' in chunks' : ''} to ${door.name}`;
  const body = Buffer.from(hostile.text);
  const { status, text } = await sendBytes({ ...door, token, body, chunked }).catch((error: unknown) => {
    throw new Error(`${what}: ${String(error)}`);
  });
  if (status < 400 || status > 499 || status === 401 || status === 429)
    throw new Error(`${what}: ${status} ${text.slice(0, 200)}`);
  if (text.length > body.length / 2 + 10_000) throw new Error(`${what}: an answer of ${text.length} bytes`);
}

/** Sends every hostile value through every door. @returns how many requests were refused, and what a neighbour saw */
export async function hostileRequests(
  platform: Platform,
  token: string,
): Promise<{ refused: number; neighbours: number; slowestMs: number }> {
  const all = Array.from({ length: ROUNDS }, () =>
    doors(platform).flatMap((door) =>
      hostileValues(door.body).flatMap((hostile) => [
        { door, hostile, chunked: false },
        ...(hostile.name === LONGEST ? [{ door, hostile, chunked: true }] : []),
      ]),
    ),
  ).flat();
  const neighbour = new AbortController();
  const seen = keepWorking(platform, token, neighbour.signal);
  try {
    await inParallel(WIDTH, all, ({ door, hostile, chunked }) => sendOne(door, hostile, token, chunked));
  } finally {
    neighbour.abort();
  }
  return { refused: all.length, ...(await seen) };
}

/** Somebody who works meanwhile, without patience: each request must succeed the first time. */
async function keepWorking(
  { url }: Platform,
  token: string,
  stop: AbortSignal,
): Promise<{ neighbours: number; slowestMs: number }> {
  const client = createClient({ baseUrl: url, token: () => token });
  let neighbours = 0;
  let slowestMs = 0;
  while (!stop.aborted) {
    const started = performance.now();
    await client.call(createCustomer, { body: { name: `Neighbour ${neighbours}`, address: ADDRESS } });
    slowestMs = Math.max(slowestMs, Math.round(performance.now() - started));
    neighbours += 1;
    await sleep(50);
  }
  return { neighbours, slowestMs };
}
