import { setTimeout as sleep } from 'node:timers/promises';

/** The result of `work`, or an Error with `otherwise` where it takes longer. */
export async function within<T>(work: Promise<T>, ms: number, otherwise: string): Promise<T> {
  const given = new AbortController();
  const late = sleep(ms, undefined, { signal: given.signal }).then(
    () => Promise.reject(new Error(`${otherwise} within ${ms / 1000} s`)),
    () => new Promise<never>(() => undefined),
  );
  try {
    return await Promise.race([work, late]);
  } finally {
    given.abort();
  }
}

/** Asks until `isDone`; answers with the last reading. @throws Error with `otherwise` where it takes longer */
export async function until<T>(
  read: () => Promise<T>,
  isDone: (value: T) => boolean,
  ms: number,
  otherwise: (value: T) => string,
): Promise<T> {
  for (const end = Date.now() + ms; ; await sleep(250)) {
    const value = await read();
    if (isDone(value)) return value;
    if (Date.now() > end) throw new Error(otherwise(value));
  }
}

/** Reads until there are `enough`. @throws Error where there is not one more for `patienceMs` */
export async function untilEnough(
  read: () => Promise<number>,
  enough: number,
  patienceMs: number,
  what: string,
): Promise<void> {
  let [most, since] = [-1, Date.now()];
  for (;;) {
    const now = await read();
    if (now >= enough) return;
    if (now > most) [most, since] = [now, Date.now()];
    else if (Date.now() - since > patienceMs)
      throw new Error(`${now} of ${enough} ${what}, and for ${patienceMs / 1000} s not one more`);
    await sleep(500);
  }
}
