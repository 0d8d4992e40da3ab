import { describe, expect, it } from '@jest/globals';
import { ORDER_STATES, type OrderState } from '@orion/contracts';
import { canBeBooked, findMove, MOVES } from './transitions';

const walk = (kind: 'REPAIR' | 'DELIVERY', states: OrderState[]) =>
  states.slice(1).every((to, index) => {
    const state = states[index] ?? 'CREATED';
    return MOVES.some((move) => findMove({ state, kind }, to, move.who));
  });

describe('transitions', () => {
  it('lead an order from creation to its end', () => {
    const end: OrderState[] = ['COMPLETED', 'VALIDATED', 'CLOSED'];
    const begin: OrderState[] = ['CREATED', 'SCHEDULED', 'ASSIGNED', 'ACCEPTED', 'IN_PROGRESS'];
    expect(walk('REPAIR', [...begin, ...end])).toBe(true);
    expect(walk('DELIVERY', [...begin, 'PICKED_UP', 'IN_TRANSIT', 'DELIVERED', ...end])).toBe(true);
  });

  it('keep the inner states to deliveries, and deliveries to them', () => {
    expect(walk('REPAIR', ['IN_PROGRESS', 'PICKED_UP'])).toBe(false);
    expect(walk('DELIVERY', ['IN_PROGRESS', 'COMPLETED'])).toBe(false);
  });

  it('let a failed delivery be booked again or cancelled', () => {
    expect(walk('DELIVERY', ['IN_TRANSIT', 'FAILED', 'SCHEDULED'])).toBe(true);
    expect(walk('DELIVERY', ['FAILED', 'CANCELLED'])).toBe(true);
    expect(canBeBooked('FAILED')).toBe(true);
  });

  it('reach every state and leave CLOSED and CANCELLED never', () => {
    expect(
      ORDER_STATES.filter((state) => state !== 'CREATED' && !MOVES.some((move) => move.to === state)),
    ).toEqual([]);
    expect(MOVES.filter((move) => move.from === 'CLOSED' || move.from === 'CANCELLED')).toEqual([]);
  });

  it('name each move once', () => {
    const names = MOVES.map((move) => `${move.from} ${move.to} ${move.who}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it('belong to who may make them', () => {
    expect(findMove({ state: 'CREATED', kind: 'REPAIR' }, 'SCHEDULED', 'OPERATOR')).toBeUndefined();
    expect(findMove({ state: 'IN_PROGRESS', kind: 'REPAIR' }, 'CANCELLED', 'CANCELLATION')).toBeUndefined();
    expect(findMove({ state: 'SCHEDULED', kind: 'REPAIR' }, 'CANCELLED', 'CANCELLATION')).toMatchObject({
      booking: 'release',
    });
    expect(canBeBooked('SCHEDULED')).toBe(false);
  });
});
