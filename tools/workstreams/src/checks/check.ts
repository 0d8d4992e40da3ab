import type { Facts } from '../facts';

/** One of the five integration checks: how much of it holds, and what does not. */
export interface Checked {
  name: string;
  done: number;
  of: number;
  faults: string[];
}

export type Check = (facts: Facts) => Checked;

/** A check over items, each of which is right or has a fault. */
export function checked<T>(name: string, items: readonly T[], faultOf: (item: T) => string[]): Checked {
  const faults = items.map(faultOf);
  const done = faults.filter((its) => its.length === 0).length;
  return { name, done, of: items.length, faults: faults.flat() };
}
