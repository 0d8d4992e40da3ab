const WORDS = 4;

/** One bit for each slot of a day, slot 0 first; 128 bits hold the 100 slots of the longest day. */
export type Bitmap = Uint32Array;

export const emptyBitmap = (): Bitmap => new Uint32Array(WORDS);

/** Sets slots `from` (included) to `to` (excluded), clipped to the bitmap. */
export function setRange(bits: Bitmap, from: number, to: number): Bitmap {
  const last = Math.min(to, WORDS * 32);
  for (let slot = Math.max(from, 0); slot < last;) {
    const word = slot >>> 5;
    const low = slot & 31;
    const high = Math.min(32, last - (word << 5));
    const mask = (high === 32 ? 0xffffffff : (1 << high) - 1) & ~((1 << low) - 1);
    bits[word] = ((bits[word] ?? 0) | mask) >>> 0;
    slot = (word << 5) + high;
  }
  return bits;
}

const combine = (a: Bitmap, b: Bitmap, how: (x: number, y: number) => number): Bitmap =>
  Uint32Array.from(a, (word, index) => how(word, b[index] ?? 0) >>> 0);

export const and = (a: Bitmap, b: Bitmap): Bitmap => combine(a, b, (x, y) => x & y);

export const andNot = (a: Bitmap, b: Bitmap): Bitmap => combine(a, b, (x, y) => x & ~y);

export const isEmpty = (bits: Bitmap): boolean => bits.every((word) => word === 0);

export const isSet = (bits: Bitmap, slot: number): boolean =>
  (((bits[slot >>> 5] ?? 0) >>> (slot & 31)) & 1) === 1;

/** Bit i of the result is bit i + n of `bits`. */
function shiftDown(bits: Bitmap, n: number): Bitmap {
  const words = n >>> 5;
  const rest = n & 31;
  return Uint32Array.from(bits, (_, index) => {
    const low = bits[index + words] ?? 0;
    const high = bits[index + words + 1] ?? 0;
    return rest === 0 ? low : ((low >>> rest) | (high << (32 - rest))) >>> 0;
  });
}

/**
 * Slots at which `length` set bits in a row begin. Shifted copies are combined by doubling (f &= f >> 1, >> 2, >> 4 …),
 * so a long job costs a logarithmic number of steps.
 */
export function startsOfRuns(bits: Bitmap, length: number): Bitmap {
  let runs = Uint32Array.from(bits);
  for (let have = 1; have < length;) {
    const step = Math.min(have, length - have);
    runs = combine(runs, shiftDown(runs, step), (x, y) => x & y) as Uint32Array<ArrayBuffer>;
    have += step;
  }
  return runs;
}

/** Calls `visit` with each set slot, ascending. */
export function eachSlot(bits: Bitmap, visit: (slot: number) => void): void {
  bits.forEach((word, index) => {
    for (let rest = word; rest !== 0; rest &= rest - 1) visit((index << 5) + 31 - Math.clz32(rest & -rest));
  });
}
