import { describe, expect, it } from '@jest/globals';
import { Groups } from './groups';

interface Started {
  key: string;
  items: number[];
  end(): void;
}

function groups(room: number, most = 3): { groups: Groups<number>; started: Started[] } {
  const started: Started[] = [];
  const work = (key: string, items: number[]) =>
    new Promise<void>((end) => started.push({ key, items, end }));
  return {
    started,
    groups: new Groups(room, () => most, work),
  };
}

const turn = (): Promise<void> => new Promise((next) => setImmediate(next));

describe('groups', () => {
  it('let nothing wait for company', () => {
    const { groups: it, started } = groups(2);
    it.add('a', 1);
    it.add('a', 2);
    expect(started.map(({ items }) => items)).toEqual([[1], [2]]);
  });

  it('join what waits under one key, in its order and up to the most', async () => {
    const { groups: it, started } = groups(1);
    for (const item of [1, 2, 3, 4, 5]) it.add('a', item);
    started[0]?.end();
    await turn();
    started[1]?.end();
    await turn();
    expect(started.map(({ items }) => items)).toEqual([[1], [2, 3, 4], [5]]);
  });

  it('keep keys apart and give each its turn', async () => {
    const { groups: it, started } = groups(1, 2);
    it.add('a', 0);
    for (const item of [1, 2, 3]) it.add('a', item);
    it.add('b', 4);
    for (let at = 0; at < 4; at++) {
      started[at]?.end();
      await turn();
    }
    expect(started.map(({ key, items }) => [key, items])).toEqual([
      ['a', [0]],
      ['a', [1, 2]],
      ['b', [4]],
      ['a', [3]],
    ]);
  });
});
