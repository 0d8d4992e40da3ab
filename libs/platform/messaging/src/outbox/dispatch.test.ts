import { describe, expect, it } from '@jest/globals';
import { dispatch, WINDOW } from './dispatch';
import type { OutboxRow } from './outbox.repository';

const row = (aggregate: string, sequence: number): OutboxRow => ({
  id: `${aggregate}${sequence}`,
  organization_id: 'o',
  aggregate_id: aggregate,
  sequence: String(sequence),
  type: 't',
  envelope: '{}',
});

describe('dispatch', () => {
  it('publishes rows of one aggregate one after another', async () => {
    const open = new Set<string>();
    const order: string[] = [];
    const publish = async ({ id, aggregate_id }: OutboxRow) => {
      expect(open.has(aggregate_id)).toBe(false);
      open.add(aggregate_id);
      await new Promise((later) => setTimeout(later, 1));
      open.delete(aggregate_id);
      order.push(id);
    };
    const rows = [row('a', 1), row('b', 1), row('a', 2), row('a', 3), row('b', 2)];
    const confirmed = await dispatch(rows, publish, () => undefined);
    expect(new Set(confirmed)).toEqual(new Set(rows.map((it) => it.id)));
    expect(order.filter((it) => it.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
  });

  it('holds back what follows an unconfirmed row of its aggregate, and nothing else', async () => {
    const failed: string[] = [];
    const publish = ({ id }: OutboxRow) =>
      id === 'a2' ? Promise.reject(new Error('unknown')) : Promise.resolve();
    const rows = [row('a', 1), row('a', 2), row('a', 3), row('b', 1)];
    const confirmed = await dispatch(rows, publish, ({ id }) => failed.push(id));
    expect([confirmed.sort(), failed]).toEqual([['a1', 'b1'], ['a2']]);
  });

  it('has no more than its window open', async () => {
    let open = 0;
    let most = 0;
    const publish = async () => {
      most = Math.max(most, ++open);
      await new Promise((later) => setTimeout(later, 1));
      open--;
    };
    await dispatch(
      Array.from({ length: 300 }, (_, n) => row(`x${n}-`, 1)),
      publish,
      () => undefined,
    );
    expect(most).toBe(WINDOW);
  });
});
