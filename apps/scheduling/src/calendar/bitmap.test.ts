import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  and,
  andNot,
  type Bitmap,
  eachSlot,
  emptyBitmap,
  isEmpty,
  isSet,
  setRange,
  startsOfRuns,
} from './bitmap';

const bits = fc.uint32Array({ minLength: 4, maxLength: 4 });
const slots = Array.from({ length: 128 }, (_, slot) => slot);
const list = (bitmap: Bitmap): number[] => {
  const found: number[] = [];
  eachSlot(bitmap, (slot) => found.push(slot));
  return found;
};

describe('bitmap', () => {
  it('sets a range and nothing else, clipped to its 128 bits', () => {
    fc.assert(
      fc.property(fc.integer({ min: -40, max: 170 }), fc.integer({ min: -40, max: 170 }), (from, to) => {
        expect(list(setRange(emptyBitmap(), from, to))).toEqual(
          slots.filter((slot) => from <= slot && slot < to),
        );
      }),
    );
  });

  it('visits the set slots in order', () => {
    fc.assert(fc.property(bits, (it) => expect(list(it)).toEqual(slots.filter((slot) => isSet(it, slot)))));
  });

  it('combines bit by bit', () => {
    fc.assert(
      fc.property(bits, bits, (a, b) => {
        expect(list(and(a, b))).toEqual(slots.filter((slot) => isSet(a, slot) && isSet(b, slot)));
        expect(list(andNot(a, b))).toEqual(slots.filter((slot) => isSet(a, slot) && !isSet(b, slot)));
      }),
    );
  });

  it('finds where runs of any length begin', () => {
    const dense = fc.array(fc.tuple(fc.nat(127), fc.nat(60)), { maxLength: 6 });
    fc.assert(
      fc.property(dense, fc.integer({ min: 1, max: 100 }), (ranges, length) => {
        const free = ranges.reduce((all, [from, size]) => setRange(all, from, from + size), emptyBitmap());
        const naive = slots.filter((slot) =>
          slots.slice(0, length).every((i) => slot + i < 128 && isSet(free, slot + i)),
        );
        expect(list(startsOfRuns(free, length))).toEqual(naive);
      }),
    );
  });

  it('knows when it is empty', () => {
    expect(isEmpty(emptyBitmap())).toBe(true);
    expect(isEmpty(setRange(emptyBitmap(), 127, 128))).toBe(false);
  });
});
