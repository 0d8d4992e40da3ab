import { expect, it } from '@jest/globals';
import { isConnectionLoss } from './connection-loss';

it.each([
  [new Error('Connection terminated unexpectedly'), true],
  [Object.assign(new Error('x'), { cause: { kind: 'ConnectionClosed' } }), true],
  [
    Object.assign(new Error('x'), {
      meta: { driverAdapterError: { cause: { kind: 'DatabaseNotReachable' } } },
    }),
    true,
  ],
  [Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), true],
  [Object.assign(new Error('x'), { code: '57P01', severity: 'FATAL' }), true],
  [Object.assign(new Error('x'), { code: '23505', severity: 'ERROR' }), false],
  [new Error('a rule says no'), false],
  ['text', false],
  [undefined, false],
])('a lost connection is told from other errors: %p', (error, expected) => {
  expect(isConnectionLoss(error)).toBe(expected);
});
