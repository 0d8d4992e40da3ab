/** Below the range from which systems lend ports to outgoing connections (32768 on Linux, 49152 elsewhere). */
const FIRST = 20_000;
const LAST = 29_999;

export const INFRASTRUCTURE_PORTS = ['postgres', 'rabbitmq', 'rabbitmqNodes', 'epmd', 'redis'] as const;
export type InfrastructurePort = (typeof INFRASTRUCTURE_PORTS)[number];
export type Ports = Record<InfrastructurePort, number>;

/** Ports to try, in order, beginning at a place that differs from checkout to checkout. */
export function* candidates(seed: string): Generator<number> {
  const span = LAST - FIRST + 1;
  const start = Number.parseInt(seed.slice(0, 6), 16) % span;
  for (let step = 0; step < span; step += 1) yield FIRST + ((start + step) % span);
}

/**
 * Ports for the private programs: remembered ones that are still free stay, the others are chosen anew.
 * Throws a RangeError when the whole range is taken.
 */
export async function choosePorts(
  seed: string,
  remembered: Partial<Ports>,
  isFree: (port: number) => Promise<boolean>,
): Promise<Ports> {
  const taken = new Set<number>();
  const next = candidates(seed);
  const ports: Partial<Ports> = {};
  for (const name of INFRASTRUCTURE_PORTS) {
    const known = remembered[name];
    if (known && (await isFree(known))) {
      ports[name] = known;
      taken.add(known);
    }
  }
  for (const name of INFRASTRUCTURE_PORTS) {
    while (!ports[name]) {
      const { value, done } = next.next();
      if (done) throw new RangeError(`no free port between ${FIRST} and ${LAST}`);
      if (!taken.has(value) && (await isFree(value))) ports[name] = value;
      taken.add(value);
    }
  }
  return ports as Ports;
}
