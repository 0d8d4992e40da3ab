import { readServiceOrder } from '@orion/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useHeard } from '../feed/feed-context';
import { useText } from '../app/i18n/i18n';
import { useApi } from '../shared/api-context';
import { useZones } from '../shared/use-zones';
import { type OrderDetail } from './order';

export const orderKey = (orderId: string) => ['order', orderId] as const;

/** One order, read again whenever something happens to it. */
export function useOrder(orderId: string) {
  const api = useApi();
  const queries = useQueryClient();
  useHeard((activity) => {
    if (activity.serviceOrderId === orderId) void queries.invalidateQueries({ queryKey: orderKey(orderId) });
  });
  return useQuery({
    queryKey: orderKey(orderId),
    queryFn: ({ signal }) => api.call(readServiceOrder, { params: { id: orderId } }, { signal }),
  });
}

/** How times of an order are told: in the reader's language and the order's own time zone. */
export function useWhere(order: Pick<OrderDetail, 'businessUnitId'>) {
  const { locale } = useText();
  const timeZone = useZones()(order.businessUnitId);
  return { locale, timeZone };
}
