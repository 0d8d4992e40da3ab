import { type ErrorCode, ERRORS, Problem, problemType } from '@orion/contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BadRequest } from './bad-requests';
import { platformUrl } from './platform';

const LONGEST_ANSWER_MS = 20_000;

/** The statuses a refusal may have, all of 4xx by default; or `anything` that is no failure of the platform. */
type Expected = number[] | 'anything';

/** Sends it, again later where the gateway's own limit was reached; sign-in's throttling is an answer like others. */
async function send({ path, method, headers, body }: BadRequest, token?: string): Promise<Response> {
  for (;;) {
    const response = await fetch(platformUrl + path, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined || method === 'GET' ? {} : { body }),
      signal: AbortSignal.timeout(LONGEST_ANSWER_MS),
    });
    const counted = response.status === 429 && response.headers.get('ratelimit-remaining') === '0';
    if (!counted) return response;
    await response.body?.cancel();
    await sleep(Number(response.headers.get('retry-after') ?? 1) * 1000);
  }
}

async function faultOf(response: Response, allowed?: Expected): Promise<string | undefined> {
  const { status } = response;
  if (status < 400) {
    await response.body?.cancel();
    return allowed === 'anything' ? undefined : `was accepted with ${status}`;
  }
  const text = await response.text();
  if (status >= 500) return `answered ${status} ${text.slice(0, 200)}`;
  if (Array.isArray(allowed) && !allowed.includes(status))
    return `answered ${status} instead of ${allowed.join(' or ')} ${text.slice(0, 200)}`;
  if (!response.headers.get('content-type')?.startsWith('application/problem+json')) {
    return `answered ${status} as ${response.headers.get('content-type')}`;
  }
  const problem = Problem.safeParse(JSON.parse(text));
  if (!problem.success) return `answered no problem document: ${text.slice(0, 200)}`;
  const { code, type } = problem.data;
  if (!(code in ERRORS)) return `answered the unknown code ${code}`;
  if (problem.data.status !== status || type !== problemType(code as ErrorCode))
    return `contradicts itself: ${text}`;
  return /node_modules|at \w+ \(|prisma|SELECT |stack/i.test(text)
    ? `tells too much: ${text.slice(0, 300)}`
    : undefined;
}

/** Undefined where the platform refused the request as it should; otherwise what it did instead. */
export async function refusal(
  request: BadRequest,
  token?: string,
  allowed?: Expected,
): Promise<string | undefined> {
  const name = `${request.method} ${request.path.slice(0, 120)}: ${request.what.slice(0, 80)}`;
  try {
    const fault = await faultOf(await send(request, token), allowed);
    return fault && `${name} ${fault}`;
  } catch (error) {
    return `${name} got no answer: ${error instanceof Error ? (error.cause ?? error) : error}`;
  }
}

/** What the platform did wrong, for all requests, a few at a time. */
export async function refusals(
  requests: readonly BadRequest[],
  token?: string,
  allowed?: Expected,
): Promise<string[]> {
  const faults: string[] = [];
  let next = 0;
  const lane = async () => {
    for (let request = requests[next++]; request; request = requests[next++]) {
      const fault = await refusal(request, token, allowed);
      if (fault) faults.push(fault);
    }
  };
  await Promise.all(Array.from({ length: 6 }, lane));
  return faults;
}
