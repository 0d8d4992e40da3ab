import { expect, it } from '@jest/globals';
import { closeWithin } from './close-within';

it('waits for what closes, in peace or not, and no longer than it may', async () => {
  const started = performance.now();
  await closeWithin(Promise.resolve());
  await closeWithin(Promise.reject(new Error('lost')));
  await closeWithin(new Promise(() => undefined), 20);
  expect(performance.now() - started).toBeLessThan(1_000);
});
