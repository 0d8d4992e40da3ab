import { z } from 'zod';
import { type Label } from './labels';

export interface Forge {
  /** Address of the REST API. */
  api: string;
  /** `owner/name` */
  repository: string;
  token: string;
}

const Known = z.array(z.object({ name: z.string(), color: z.string(), description: z.string().nullable() }));
const PAGE = 100;

async function call({ api, token }: Forge, method: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${api}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, accept: 'application/vnd.github+json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(20_000),
  });
  if (!answer.ok) throw new Error(`${method} ${path} was answered with ${answer.status}`);
  return answer.json();
}

async function knownLabels(forge: Forge): Promise<z.infer<typeof Known>> {
  const known: z.infer<typeof Known> = [];
  for (let page = 1; ; page++) {
    const path = `/repos/${forge.repository}/labels?per_page=${PAGE}&page=${page}`;
    const some = Known.parse(await call(forge, 'GET', path));
    known.push(...some);
    if (some.length < PAGE) return known;
  }
}

/** Makes the labels that are missing and corrects those that differ; others stay. Answers with what was done. */
export async function syncLabels(forge: Forge, wanted: readonly Label[]): Promise<string[]> {
  const known = new Map((await knownLabels(forge)).map((label) => [label.name.toLowerCase(), label]));
  const labels = `/repos/${forge.repository}/labels`;
  const done: string[] = [];
  for (const label of wanted) {
    const now = known.get(label.name.toLowerCase());
    if (!now) {
      await call(forge, 'POST', labels, label);
      done.push(`made ${label.name}`);
    } else if (now.color !== label.color || now.description !== label.description) {
      await call(forge, 'PATCH', `${labels}/${encodeURIComponent(now.name)}`, label);
      done.push(`corrected ${label.name}`);
    }
  }
  return done;
}
