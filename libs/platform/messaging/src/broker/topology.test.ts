import { expect, it } from '@jest/globals';
import { assertOneAmqplib } from './one-amqplib';
import { withHeartbeat } from './publisher';
import { bindingKey } from './topology';

it('a consumer hears every version of its events, so that an unknown one is noticed', () => {
  expect(bindingKey('orion.scheduling.booking.confirmed.v1')).toBe('scheduling.booking.confirmed.*');
});

it('the heartbeat is set unless the address sets one', () => {
  expect(withHeartbeat('amqp://host')).toContain('heartbeat=6');
  expect(withHeartbeat('amqp://host?heartbeat=3')).toContain('heartbeat=3');
});

it('one copy of amqplib is installed', () => {
  expect(() => assertOneAmqplib()).not.toThrow();
});
