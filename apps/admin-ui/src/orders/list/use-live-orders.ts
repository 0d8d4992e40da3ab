import { listServiceOrders, readServiceOrder, type Page } from '@orion/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useHeard } from '../../feed/feed-context';
import { useApi } from '../../shared/api-context';
import { type Order } from '../order';
import { type OrderSearch } from '../order-search';
import { refresh, unseen, type Loaded } from './merge';
import { ordersKey } from './use-orders';

const GATHER_MS = 1_500;
/** Changed orders beyond the first page that are read one by one at a time. */
const AT_ONCE = 8;

/**
 * Keeps the loaded orders current without moving them: changed rows are replaced where they stand, new ones are
 * counted and come when asked for.
 */
export function useLiveOrders(search: OrderSearch) {
  const api = useApi();
  const queries = useQueryClient();
  const told = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [fresh, setFresh] = useState<{ search: OrderSearch; first: Page<Order>; count: number } | null>(null);
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set());

  const look = useCallback(async () => {
    const key = ordersKey(search);
    const before = queries.getQueryData<Loaded>(key);
    if (!before) return;
    const first = await api.call(listServiceOrders, { query: search });
    const inFirst = new Set(first.items.map((order) => order.id));
    const elsewhere = before.pages
      .flatMap((page) => page.items)
      .filter((order) => told.current.has(order.id) && !inFirst.has(order.id))
      .slice(0, AT_ONCE);
    const single = await Promise.all(
      elsewhere.map(({ id }) => api.call(readServiceOrder, { params: { id } })),
    );
    for (const { id } of [...first.items, ...single]) told.current.delete(id);
    const present = queries.getQueryData<Loaded>(key);
    if (!present) return;
    const next = refresh(present, [...first.items, ...single]);
    queries.setQueryData(key, next.loaded);
    setChanged(new Set(next.changed));
    setFresh({ search, first, count: unseen(next.loaded, first).length });
  }, [api, queries, search]);

  const soon = useCallback(
    (ms: number) => {
      timer.current ??= setTimeout(() => {
        timer.current = undefined;
        look().catch(() => undefined);
      }, ms);
    },
    [look],
  );

  useHeard(({ serviceOrderId }) => {
    if (serviceOrderId === null) return;
    told.current.add(serviceOrderId);
    soon(GATHER_MS);
  });

  useEffect(() => {
    soon(0);
    return () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    };
  }, [soon]);

  const waiting = fresh?.search === search ? fresh.count : 0;
  const show = () => {
    if (!fresh) return;
    queries.setQueryData<Loaded>(ordersKey(search), { pages: [fresh.first], pageParams: [undefined] });
    setFresh(null);
  };
  return { waiting, show, changed };
}
