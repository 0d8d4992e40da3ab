import { expect, it } from '@jest/globals';
import { OpenStreams } from './open-streams';

it('gives each owner a number of places, and takes them back', () => {
  const streams = new OpenStreams(2);
  const [first, second] = [streams.take('ana'), streams.take('ana')];
  expect([typeof first, typeof second]).toEqual(['function', 'function']);
  expect(streams.take('ana')).toBeUndefined();
  expect(streams.take('omar')).toBeDefined();
  first?.();
  expect(streams.take('ana')).toBeDefined();
  expect(streams.take('ana')).toBeUndefined();
});
