import type { Endpoint } from '@orion/contracts';
import { ApiProblem, madeUpProblem } from './api-problem';
import type { ClientOptions } from './client.options';

export interface Sent {
  address: string;
  method: string;
  headers: Record<string, string>;
  body?: string;
  signal?: AbortSignal;
}

/** The problem behind a failed fetch; an abort the caller asked for is thrown as it is. */
export function networkProblem(error: unknown): unknown {
  const name = typeof error === 'object' && error !== null && 'name' in error ? error.name : '';
  if (name === 'AbortError') return error;
  return new ApiProblem(
    madeUpProblem(0, name === 'TimeoutError' ? 'No answer came in time' : 'The connection failed'),
  );
}

async function once(options: ClientOptions, access: Endpoint['access'], sent: Sent): Promise<Response> {
  const { fetch = globalThis.fetch, token } = options;
  const bearer = access === 'public' ? undefined : await token?.();
  const { address, headers, ...rest } = sent;
  try {
    return await fetch(address, {
      ...rest,
      headers: { ...headers, ...(bearer ? { authorization: `Bearer ${bearer}` } : {}) },
    });
  } catch (error) {
    throw networkProblem(error);
  }
}

/** Sends with the token, and once more after a 401 that was put right. */
export async function send(
  options: ClientOptions,
  access: Endpoint['access'],
  sent: Sent,
): Promise<Response> {
  const response = await once(options, access, sent);
  if (response.status !== 401 || access === 'public' || !options.onUnauthorized) return response;
  if ((await options.onUnauthorized()) !== true) return response;
  await response.body?.cancel();
  return once(options, access, sent);
}
