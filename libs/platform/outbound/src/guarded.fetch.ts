import { Agent, fetch } from 'undici';
import type { AddressResolver } from './address.resolver';
import { ForbiddenTarget, guardedLookup, refuseLiteral } from './guarded.lookup';
import { targetProblem } from './target';

export interface Guard {
  /** For providers and receivers on a developer's own machine. */
  allowLoopback: boolean;
  /** For each answer as a whole, in milliseconds. */
  timeoutMs: number;
  /** Longest body that is read. */
  mostBytes: number;
}

export type GuardedFetch = (url: string, init?: RequestInit) => Promise<Response>;

/**
 * A `fetch` for addresses that strangers choose: connects to public addresses only, whatever their names resolve to at
 * that moment, follows no redirect, and ends in time and size. One refused address among many refuses the host.
 * The answer rejects with ForbiddenTarget, or with TypeError as `fetch` does.
 */
export function guardedFetch(
  resolver: AddressResolver,
  { allowLoopback, timeoutMs, mostBytes }: Guard,
): GuardedFetch {
  const lookup = guardedLookup(resolver, allowLoopback);
  const dispatcher = new Agent({ connect: { lookup, timeout: timeoutMs }, maxResponseSize: mostBytes });
  return async (url, init = {}) => {
    const problem = targetProblem(url);
    if (problem !== null) throw new ForbiddenTarget(`the address ${problem}`);
    refuseLiteral(url, allowLoopback);
    const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(init.signal ? [init.signal] : [])]);
    const answer = await fetch(url, {
      ...(init as Parameters<typeof fetch>[1]),
      redirect: 'manual',
      signal,
      dispatcher,
    }).catch((error: unknown) => {
      if (error instanceof Error && error.cause instanceof ForbiddenTarget) throw error.cause;
      throw error;
    });
    return answer as unknown as Response;
  };
}
