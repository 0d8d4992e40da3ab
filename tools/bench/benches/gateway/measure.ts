import type { Order, Yield } from '../shared/load.mts';
import type { Program } from '../shared/processes';
import { order, type SideName, SIDES } from '../shared/rounds';
import type { Side } from './sides';

const CONNECTIONS = 32;
/** After so many the code is compiled for speed, caches are full and connections open. */
const WARM_UP_REQUESTS = 25_000;
const WARM_UP_LONGEST_MS = 60_000;
const ROUND_MS = 4_000;
const ROUNDS = 9;

export interface Measured {
  /** Requests a second. */
  rate: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Microseconds of processor time a request. */
  cpu: number;
}

export type Results = Record<SideName, Measured[]>;

/** Loads both in turns, round by round; one is idle while the other works. */
export async function measure(
  sides: Record<SideName, Side>,
  generator: Program,
  call: Pick<Order, 'requests'>,
  say: (text: string) => void,
): Promise<Results> {
  const load = async (name: SideName, milliseconds: number): Promise<Measured> => {
    const { port, cpuSeconds } = sides[name];
    const before = await cpuSeconds();
    const it = await generator.ask<Yield>({ ...call, port, connections: CONNECTIONS, milliseconds });
    if (it.failures > 0) throw new Error(`${it.failures} of ${it.requests} requests failed (${name})`);
    const cpu = (((await cpuSeconds()) - before) * 1e6) / it.requests;
    return { rate: it.requests / it.seconds, p50: it.p50, p99: it.p99, cpu };
  };
  const warmUp = async (name: SideName): Promise<void> => {
    const until = performance.now() + WARM_UP_LONGEST_MS;
    for (let done = 0; done < WARM_UP_REQUESTS && performance.now() < until;)
      done += ((await load(name, ROUND_MS)).rate * ROUND_MS) / 1000;
  };
  const results: Results = { ours: [], bare: [] };
  for (const name of SIDES) await warmUp(name);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of order(round)) results[name].push(await load(name, ROUND_MS));
    const told = SIDES.map((name) => {
      const { rate, cpu } = results[name].at(-1) as Measured;
      return `${name} ${Math.round(rate)}/s at ${Math.round(cpu)} µs`;
    });
    say(`gateway: round ${round + 1} of ${ROUNDS}: ${told.join(', ')}`);
  }
  return results;
}
