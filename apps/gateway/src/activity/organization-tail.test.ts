import { describe, expect, it } from '@jest/globals';
import { KEPT, OrganizationTail } from './organization-tail';

const lines = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ position: from + index }));
const positions = (found: { position: number }[] | undefined) => found?.map((it) => it.position);

describe('OrganizationTail', () => {
  it('gives what follows a position, as far as asked', () => {
    const tail = new OrganizationTail(10);
    tail.append(lines(11, 15));
    expect(tail.last).toBe(15);
    expect(positions(tail.after(12, 2))).toEqual([13, 14]);
    expect(positions(tail.after(15, 5))).toEqual([]);
    expect(positions(tail.after(20, 5))).toEqual([]);
    expect(positions(tail.after(10, 9))).toEqual([11, 12, 13, 14, 15]);
  });

  it('does not know what is older than what it keeps', () => {
    const tail = new OrganizationTail(0);
    tail.append(lines(1, KEPT + 10));
    expect(tail.after(9, 1)).toBeUndefined();
    expect(positions(tail.after(10, 1))).toEqual([11]);
  });

  it('ignores what it has already and what would leave a hole', () => {
    const tail = new OrganizationTail(4);
    tail.append([...lines(3, 5), { position: 7 }]);
    expect(tail.last).toBe(5);
  });
});
