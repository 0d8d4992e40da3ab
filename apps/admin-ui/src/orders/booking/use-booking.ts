import {
  assign,
  cancelBooking,
  confirmBooking,
  holdSlot,
  transitionServiceOrder,
  type Funnel,
  type Request,
} from '@orion/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../../shared/api-context';
import { newKey } from '../../shared/new-key';
import { orderKey } from '../use-order';
import { type OrderDetail } from '../order';

export const funnelKey = (bookingId: string) => ['funnel', bookingId] as const;

type Move = Request<typeof transitionServiceOrder>['body']['to'];

/** The steps from a free start to an assigned technician, and on. */
export function useBooking(order: OrderDetail) {
  const api = useApi();
  const queries = useQueryClient();
  const onSettled = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: orderKey(order.id) }),
      queries.invalidateQueries({ queryKey: ['availability', order.id] }),
      queries.invalidateQueries({ queryKey: ['assignment'] }),
    ]);
  const keep = (bookingId: string, funnel: Funnel) => queries.setQueryData(funnelKey(bookingId), funnel);

  const hold = useMutation({
    mutationFn: ({ startsAt, key }: { startsAt: string; key: string }) =>
      api.call(holdSlot, { body: { serviceOrderId: order.id, startsAt } }, { idempotencyKey: key }),
    onSuccess: (booking) => keep(booking.id, booking.funnel),
    onSettled,
  });
  const confirm = useMutation({
    mutationFn: (bookingId: string) => api.call(confirmBooking, { params: { id: bookingId } }),
    onSettled,
  });
  const release = useMutation({
    mutationFn: (bookingId: string) => api.call(cancelBooking, { params: { id: bookingId }, body: {} }),
    onSettled,
  });
  const give = useMutation({
    mutationFn: ({ technicianId, key }: { technicianId?: string; key: string }) =>
      api.call(assign, { body: { serviceOrderId: order.id, technicianId } }, { idempotencyKey: key }),
    onSuccess: (assignment) => keep(assignment.bookingId, assignment.funnel),
    onSettled,
  });
  const move = useMutation({
    mutationFn: (to: Move) => api.call(transitionServiceOrder, { params: { id: order.id }, body: { to } }),
    onSettled,
  });
  return { hold, confirm, release, give, move, newKey };
}

export type Booking = ReturnType<typeof useBooking>;
