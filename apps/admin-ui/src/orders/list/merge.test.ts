import { describe, expect, it } from '@jest/globals';
import { refresh, unseen, type Loaded } from './merge';
import { type Order } from '../order';

const order = (id: string, version = 1): Order => ({ id, version, state: 'CREATED' }) as Order;
const loaded: Loaded = {
  pages: [
    { items: [order('c'), order('b')], nextCursor: 'x' },
    { items: [order('a')], nextCursor: null },
  ],
  pageParams: [undefined, 'x'],
};

describe('live orders', () => {
  it('replaces a changed order where it stands', () => {
    const next = refresh(loaded, [order('a', 2), order('new')]);
    expect(next.changed).toEqual(['a']);
    expect(next.loaded.pages.map((page) => page.items.map(({ id, version }) => `${id}${version}`))).toEqual([
      ['c1', 'b1'],
      ['a2'],
    ]);
  });

  it('leaves everything as it is where nothing is newer', () => {
    expect(refresh(loaded, [order('a'), order('b')]).loaded).toBe(loaded);
  });

  it('counts what is not shown yet', () => {
    const first = { items: [order('e'), order('d'), order('c'), order('a')], nextCursor: null };
    expect(unseen(loaded, first).map(({ id }) => id)).toEqual(['e', 'd']);
  });
});
