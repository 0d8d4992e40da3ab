/** A cached value with what it cost to make, so that it can be renewed early. */
export interface Entry<T> {
  value: T;
  /** Milliseconds the load took. */
  cost: number;
  /** Epoch milliseconds at which it stops being fresh. */
  freshUntil: number;
}

/**
 * Whether one reader should renew the entry before it ends, more likely the nearer the end and the dearer the load
 * (XFetch; Vattani, Chierichetti, Lowenstein, "Optimal Probabilistic Cache Stampede Prevention", VLDB 2015, beta 1).
 * @param random uniform in (0, 1]
 */
export const renewEarly = (entry: Entry<unknown>, now: number, random: number): boolean =>
  now - entry.cost * Math.log(random) >= entry.freshUntil;

/** Reads what Redis holds; undefined for anything that is not an entry. */
export function parseEntry(text: string | null): Entry<unknown> | undefined {
  if (text === null) return undefined;
  try {
    const entry = JSON.parse(text) as Partial<Entry<unknown>> | null;
    return entry && typeof entry.cost === 'number' && typeof entry.freshUntil === 'number' && 'value' in entry
      ? (entry as Entry<unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
