import { isIP, type LookupFunction } from 'node:net';
import { Agent, fetch } from 'undici';
import type { AddressResolver } from './address.resolver';
import { isAllowedAddress } from './allowed-address';
import { hostOf, targetProblem } from './target';

export interface Guard {
  /** For providers and receivers on a developer's own machine. */
  allowLoopback: boolean;
  /** For each answer as a whole, in milliseconds. */
  timeoutMs: number;
  /** Longest body that is read. */
  mostBytes: number;
}

/** The address is one that requests of strangers' choosing must not reach. */
export class ForbiddenTarget extends Error {
  override readonly name = 'ForbiddenTarget';
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
  const lookup: LookupFunction = (host, options, callback) => {
    resolver.resolve(host).then(
      (addresses) => {
        const first = addresses[0];
        const refused = addresses.some(({ address }) => !isAllowedAddress(address, allowLoopback));
        if (refused) callback(new ForbiddenTarget(`${host} is not, or not only, at public addresses`), '', 0);
        else if (!first) callback(new Error(`${host} has no address`), '', 0);
        else if (options.all) callback(null, addresses);
        else callback(null, first.address, first.family);
      },
      (error: Error) => callback(error, '', 0),
    );
  };
  const dispatcher = new Agent({ connect: { lookup, timeout: timeoutMs }, maxResponseSize: mostBytes });
  return async (url, init = {}) => {
    const problem = targetProblem(url);
    if (problem !== null) throw new ForbiddenTarget(`the address ${problem}`);
    // Hosts that are addresses connect without a lookup.
    const host = hostOf(url);
    if (isIP(host) !== 0 && !isAllowedAddress(host, allowLoopback))
      throw new ForbiddenTarget(`${host} is no public address`);
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
