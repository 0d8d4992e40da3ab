import type { Passed } from '../../src/task';

/** The value below which the share `part` of all lies; nearest rank. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN;
}

/** The item whose figure lies in the middle of all; of two in the middle, the worse one. */
export function middle<T>(items: readonly T[], figure: (item: T) => number): T {
  const sorted = items.toSorted((a, b) => figure(a) - figure(b));
  const item = sorted[Math.ceil(sorted.length / 2) - 1];
  if (item === undefined) throw new Error('nothing was measured');
  return item;
}

/** Per second, from milliseconds. */
export const perSecond = (
  count: number,
  { startedAt, endedAt }: { startedAt: number; endedAt: number },
): number => (count * 1_000) / (endedAt - startedAt);

/** The most memory that was held before and after the middle of the work, in MiB. */
export function peaks({ memory, startedAt, endedAt }: Passed): { early: number; late: number } {
  const half = (startedAt + endedAt) / 2;
  const peak = (samples: Passed['memory']) => Math.max(0, ...samples.map(({ bytes }) => bytes)) / 2 ** 20;
  const during = memory.filter(({ at }) => at >= startedAt && at <= endedAt);
  return {
    early: peak(during.filter(({ at }) => at <= half)),
    late: peak(during.filter(({ at }) => at > half)),
  };
}

/** Milliseconds from one stamp to the other of each event that has both. */
export function delays(from: readonly [string, number][], to: readonly [string, number][]): number[] {
  const ends = new Map(to);
  return from.map(([id, at]) => {
    const end = ends.get(id);
    if (end === undefined) throw new Error(`event ${id} took no effect`);
    return end - at;
  });
}
