import { listServiceOrders } from '@orion/contracts';
import { useApi } from '../../shared/api-context';
import { usePages } from '../../shared/use-pages';
import { type OrderSearch } from '../order-search';

export const ordersKey = (search: OrderSearch) => ['orders', search] as const;

/** The orders that match; they change in place only (see useLiveOrders), so nothing moves under the cursor. */
export function useOrders(search: OrderSearch) {
  const api = useApi();
  return usePages({
    queryKey: ordersKey(search),
    load: (cursor, signal) => api.call(listServiceOrders, { query: { ...search, cursor } }, { signal }),
    live: true,
  });
}
