import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

export const MIB = 1_048_576;

/** Bytes of memory that processes hold, by the names given; those that have ended are left out. */
export async function memoryOf(pids: Record<string, number | undefined>): Promise<Record<string, number>> {
  const wanted = Object.values(pids).filter((it) => it !== undefined);
  const { stdout } = await promisify(execFile)('ps', ['-o', 'pid=,rss=', '-p', wanted.join(',')]).catch(
    () => ({ stdout: '' }),
  );
  const kib = new Map(
    stdout.split('\n').map((line) => line.trim().split(/\s+/).map(Number) as [number, number]),
  );
  return Object.fromEntries(
    Object.entries(pids).flatMap(([name, pid]) => {
      const held = pid === undefined ? undefined : kib.get(pid);
      return held === undefined ? [] : [[name, held * 1024]];
    }),
  );
}

/** Looks again and again, while `work` runs, at how much memory processes hold; what was seen is told by name. */
export async function whileWatching<T>(
  read: () => Promise<Record<string, number>>,
  work: () => Promise<T>,
  everyMs = 500,
): Promise<{ result: T; seen: Record<string, number[]> }> {
  const seen: Record<string, number[]> = {};
  let done = false;
  const watching = (async () => {
    while (!done) {
      for (const [name, bytes] of Object.entries(await read())) (seen[name] ??= []).push(bytes);
      await sleep(everyMs);
    }
  })();
  try {
    return { result: await work(), seen };
  } finally {
    done = true;
    await watching;
  }
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** How much more was held in the last quarter than in the second one, when a program has warmed up. */
export function growth(samples: readonly number[]): number {
  const quarter = Math.max(1, Math.floor(samples.length / 4));
  return median(samples.slice(-quarter)) - median(samples.slice(quarter, 2 * quarter));
}

export const inMib = (bytes: number): number => Math.round(bytes / MIB);

export const highest = (samples: readonly number[]): number => Math.max(0, ...samples);
