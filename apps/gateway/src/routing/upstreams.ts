import { type AddressVariable, addressVariable } from '@orion/config';
import { SERVICES, type ServiceName } from '@orion/contracts';

/** A service that stands behind the gateway. */
export type Upstream = Exclude<ServiceName, 'gateway'>;

export const UPSTREAMS: readonly Upstream[] = SERVICES.filter((it) => it !== 'gateway');

/** One value for each variable that carries the address of a service behind the gateway. */
export const eachAddress = <T>(value: (service: Upstream) => T) =>
  Object.fromEntries(UPSTREAMS.map((it) => [addressVariable(it), value(it)])) as Record<
    AddressVariable<Upstream>,
    T
  >;

/** Where each service behind the gateway is, from the gateway's configuration. */
export const addressesIn = (config: Record<AddressVariable<Upstream>, string>) =>
  Object.fromEntries(UPSTREAMS.map((it) => [it, config[addressVariable(it)]])) as Record<Upstream, string>;
