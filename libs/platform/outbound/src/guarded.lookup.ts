import type { LookupFunction } from 'node:net';
import type { AddressResolver } from './address.resolver';
import { isAllowedAddress } from './allowed-address';
import { hostOf } from './target';

/** The address is one that requests of strangers' choosing must not reach. */
export class ForbiddenTarget extends Error {
  override readonly name = 'ForbiddenTarget';
}

/** Resolves a host as it is connected to. Fails closed: one refused address among many refuses the host. */
export const guardedLookup =
  (resolver: AddressResolver, allowLoopback: boolean): LookupFunction =>
  (host, options, callback) => {
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

/** Hosts that are addresses connect without a lookup. @throws ForbiddenTarget */
export function refuseLiteral(url: string, allowLoopback: boolean): void {
  const host = hostOf(url);
  if (/^[\d.]+$|:/.test(host) && !isAllowedAddress(host, allowLoopback))
    throw new ForbiddenTarget(`${host} is no public address`);
}
