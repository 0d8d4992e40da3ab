import { describe, expect, it } from '@jest/globals';
import { type OrderState } from '@orion/contracts';
import { cancellable, nextStep } from './next-step';

const booking = (state: 'PRE_BOOKED' | 'CONFIRMED') => ({
  id: '',
  technicianId: '',
  technicianName: 'Ada',
  state,
  startsAt: '',
  endsAt: '',
  expiresAt: null,
});

const step = (state: OrderState, kind: 'REPAIR' | 'DELIVERY' = 'REPAIR', held?: 'PRE_BOOKED' | 'CONFIRMED') =>
  nextStep({ state, kind, booking: held ? booking(held) : null });

describe('the next step', () => {
  it('leads from an order to an assigned technician', () => {
    expect(step('CREATED')).toEqual({ kind: 'find' });
    expect(step('CREATED', 'REPAIR', 'PRE_BOOKED')).toEqual({ kind: 'confirm' });
    expect(step('SCHEDULED', 'REPAIR', 'CONFIRMED')).toEqual({ kind: 'assign' });
    expect(step('ASSIGNED', 'REPAIR', 'CONFIRMED')).toEqual({ kind: 'move', to: 'ACCEPTED' });
  });

  it('follows a job to its end', () => {
    expect(step('IN_PROGRESS')).toEqual({ kind: 'move', to: 'COMPLETED' });
    expect(step('VALIDATED')).toEqual({ kind: 'move', to: 'CLOSED' });
    expect(step('CLOSED')).toEqual({ kind: 'done' });
    expect(step('CANCELLED')).toEqual({ kind: 'done' });
  });

  it('takes a delivery its own way, which may fail and be booked again', () => {
    expect(step('IN_PROGRESS', 'DELIVERY')).toEqual({ kind: 'move', to: 'PICKED_UP' });
    expect(step('IN_TRANSIT', 'DELIVERY')).toEqual({ kind: 'move', to: 'DELIVERED', or: 'FAILED' });
    expect(step('FAILED', 'DELIVERY')).toEqual({ kind: 'find' });
  });

  it('offers to cancel only before the work began', () => {
    expect(cancellable('ACCEPTED')).toBe(true);
    expect(cancellable('IN_PROGRESS')).toBe(false);
  });
});
