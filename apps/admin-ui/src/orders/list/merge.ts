import { type Page } from '@orion/contracts';
import { type InfiniteData } from '@tanstack/react-query';
import { type Order } from '../order';

export type Loaded = InfiniteData<Page<Order>, string | undefined>;

const isNewer = (now: Order, before: Order): boolean =>
  now.version !== before.version || now.state !== before.state;

/** Puts newer versions in the place of the older ones; no row comes, goes or moves. */
export function refresh(loaded: Loaded, newer: readonly Order[]): { loaded: Loaded; changed: string[] } {
  const byId = new Map(newer.map((order) => [order.id, order]));
  const changed: string[] = [];
  const pages = loaded.pages.map((page) => ({
    ...page,
    items: page.items.map((before) => {
      const now = byId.get(before.id);
      if (!now || !isNewer(now, before)) return before;
      changed.push(before.id);
      return now;
    }),
  }));
  return changed.length === 0 ? { loaded, changed } : { loaded: { ...loaded, pages }, changed };
}

/** Orders of the first page as it is now that are not among those shown. */
export function unseen(loaded: Loaded, first: Page<Order>): Order[] {
  const shown = new Set(loaded.pages.flatMap((page) => page.items.map((order) => order.id)));
  return first.items.filter((order) => !shown.has(order.id));
}
