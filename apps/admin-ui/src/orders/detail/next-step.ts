import { type OrderState } from '@orion/contracts';
import { type OrderDetail } from '../order';

type Movable =
  | 'ACCEPTED'
  | 'IN_PROGRESS'
  | 'PICKED_UP'
  | 'IN_TRANSIT'
  | 'DELIVERED'
  | 'FAILED'
  | 'COMPLETED'
  | 'VALIDATED'
  | 'CLOSED';

export type NextStep =
  | { kind: 'find' }
  | { kind: 'confirm' }
  | { kind: 'assign' }
  | { kind: 'move'; to: Movable; or?: Movable }
  | { kind: 'done' };

const MOVES: Partial<Record<OrderState, Movable>> = {
  ASSIGNED: 'ACCEPTED',
  ACCEPTED: 'IN_PROGRESS',
  IN_PROGRESS: 'COMPLETED',
  PICKED_UP: 'IN_TRANSIT',
  IN_TRANSIT: 'DELIVERED',
  DELIVERED: 'COMPLETED',
  COMPLETED: 'VALIDATED',
  VALIDATED: 'CLOSED',
};

/** The one thing to do next with an order. */
export function nextStep({
  state,
  kind,
  booking,
}: Pick<OrderDetail, 'state' | 'kind' | 'booking'>): NextStep {
  if (booking?.state === 'PRE_BOOKED') return { kind: 'confirm' };
  if (state === 'CREATED' || state === 'FAILED') return { kind: 'find' };
  if (state === 'SCHEDULED') return booking ? { kind: 'assign' } : { kind: 'find' };
  if (kind === 'DELIVERY' && state === 'IN_PROGRESS') return { kind: 'move', to: 'PICKED_UP' };
  const to = MOVES[state];
  const mayFail = state === 'PICKED_UP' || state === 'IN_TRANSIT';
  if (!to) return { kind: 'done' };
  return mayFail ? { kind: 'move', to, or: 'FAILED' } : { kind: 'move', to };
}

/** Whether a technician may be chosen: for the first time, or instead of another. */
export const assignable = (state: OrderState): boolean =>
  ['SCHEDULED', 'ASSIGNED', 'ACCEPTED'].includes(state);

/** Whether the order may still be cancelled. */
export const cancellable = (state: OrderState): boolean =>
  ['CREATED', 'SCHEDULED', 'ASSIGNED', 'ACCEPTED', 'FAILED'].includes(state);
