import { expect, it } from '@jest/globals';
import { Lanes } from './lanes';

it('one key waits for itself, also after a failure; another key does not', async () => {
  const lanes = new Lanes();
  const gate = Promise.withResolvers<void>();
  const order: string[] = [];
  const slow = lanes.run('a', async () => {
    await gate.promise;
    order.push('a1');
    throw new Error('fails');
  });
  const next = lanes.run('a', () => Promise.resolve(void order.push('a2')));
  await lanes.run('b', () => Promise.resolve(void order.push('b1')));
  gate.resolve();
  await expect(slow).rejects.toThrow('fails');
  await next;
  expect(order).toEqual(['b1', 'a1', 'a2']);
});
