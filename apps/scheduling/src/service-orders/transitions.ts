import type { OrderKind, OrderState } from '@orion/contracts';

/** Who makes a move: a person through the order, or a booking, assignment or cancellation that carries it along. */
export type Mover = 'OPERATOR' | 'BOOKING' | 'ASSIGNMENT' | 'CANCELLATION';

/** What must hold besides the state. */
export type Guard = 'DELIVERY' | 'NOT_DELIVERY';

/** Events published beside `serviceOrderMoved`, which every move publishes. */
export type MoveEvent = 'serviceOrderCancelled' | 'serviceOrderDelivered';

/** What happens to the order's active booking. */
export type BookingEffect = 'release';

export interface Move {
  readonly from: OrderState;
  readonly to: OrderState;
  readonly who: Mover;
  readonly guard?: Guard;
  readonly event?: MoveEvent;
  readonly booking?: BookingEffect;
}

const cancelledFrom = (from: OrderState): Move => ({
  from,
  to: 'CANCELLED',
  who: 'CANCELLATION',
  event: 'serviceOrderCancelled',
  booking: 'release',
});

/**
 * Every move a service order can make (spec S1). A released booking takes the order back to CREATED, a reassignment
 * back to ASSIGNED; a delivery passes through its own states inside IN_PROGRESS, and a failed one is booked again
 * or cancelled.
 */
export const MOVES: readonly Move[] = [
  { from: 'CREATED', to: 'SCHEDULED', who: 'BOOKING' },
  { from: 'FAILED', to: 'SCHEDULED', who: 'BOOKING' },
  { from: 'SCHEDULED', to: 'CREATED', who: 'BOOKING' },
  { from: 'ASSIGNED', to: 'CREATED', who: 'BOOKING' },
  { from: 'ACCEPTED', to: 'CREATED', who: 'BOOKING' },
  { from: 'SCHEDULED', to: 'ASSIGNED', who: 'ASSIGNMENT' },
  { from: 'ASSIGNED', to: 'ASSIGNED', who: 'ASSIGNMENT' },
  { from: 'ACCEPTED', to: 'ASSIGNED', who: 'ASSIGNMENT' },
  { from: 'ASSIGNED', to: 'SCHEDULED', who: 'ASSIGNMENT' },
  { from: 'ASSIGNED', to: 'ACCEPTED', who: 'OPERATOR' },
  { from: 'ACCEPTED', to: 'IN_PROGRESS', who: 'OPERATOR' },
  { from: 'IN_PROGRESS', to: 'PICKED_UP', who: 'OPERATOR', guard: 'DELIVERY' },
  { from: 'PICKED_UP', to: 'IN_TRANSIT', who: 'OPERATOR', guard: 'DELIVERY' },
  { from: 'IN_TRANSIT', to: 'DELIVERED', who: 'OPERATOR', guard: 'DELIVERY', event: 'serviceOrderDelivered' },
  { from: 'PICKED_UP', to: 'FAILED', who: 'OPERATOR', guard: 'DELIVERY', booking: 'release' },
  { from: 'IN_TRANSIT', to: 'FAILED', who: 'OPERATOR', guard: 'DELIVERY', booking: 'release' },
  { from: 'DELIVERED', to: 'COMPLETED', who: 'OPERATOR', guard: 'DELIVERY' },
  { from: 'IN_PROGRESS', to: 'COMPLETED', who: 'OPERATOR', guard: 'NOT_DELIVERY' },
  { from: 'COMPLETED', to: 'VALIDATED', who: 'OPERATOR' },
  { from: 'VALIDATED', to: 'CLOSED', who: 'OPERATOR' },
  cancelledFrom('CREATED'),
  cancelledFrom('SCHEDULED'),
  cancelledFrom('ASSIGNED'),
  cancelledFrom('ACCEPTED'),
  cancelledFrom('FAILED'),
];

const holds = (guard: Guard | undefined, kind: OrderKind): boolean =>
  guard === undefined || (guard === 'DELIVERY') === (kind === 'DELIVERY');

/** The move an order may make, or undefined where the table has none. */
export const findMove = (
  order: { state: OrderState; kind: OrderKind },
  to: OrderState,
  who: Mover,
): Move | undefined =>
  MOVES.find(
    (it) => it.from === order.state && it.to === to && it.who === who && holds(it.guard, order.kind),
  );

/** Whether a hold can be placed: the order is one that a booking can schedule. */
export const canBeBooked = (state: OrderState): boolean =>
  MOVES.some((it) => it.from === state && it.to === 'SCHEDULED' && it.who === 'BOOKING');
