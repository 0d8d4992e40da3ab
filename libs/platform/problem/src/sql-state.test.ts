import { describe, expect, it } from '@jest/globals';
import { constraintOf, prismaCodeOf, sqlStateOf } from './sql-state';

const wrapped = (cause: object) =>
  Object.assign(new Error(), { code: 'P2010', meta: { driverAdapterError: { cause } } });

describe('what a database error says of itself', () => {
  it('names the constraint, however the driver tells it', () => {
    expect(constraintOf(wrapped({ constraint: { index: 'booking_no_overlap' } }))).toBe('booking_no_overlap');
    expect(constraintOf(Object.assign(new Error(), { constraint: 'customer_pkey' }))).toBe('customer_pkey');
    expect(constraintOf(new Error())).toBeUndefined();
  });

  it('has a code only where there is one', () => {
    expect(prismaCodeOf(wrapped({}))).toBe('P2010');
    expect(prismaCodeOf(Object.assign(new Error(), { code: 'ENOENT' }))).toBeUndefined();
    expect(sqlStateOf(wrapped({ originalCode: 23505 }))).toBeUndefined();
    expect(sqlStateOf(null)).toBeUndefined();
  });
});
