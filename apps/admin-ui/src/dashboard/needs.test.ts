import { describe, expect, it } from '@jest/globals';
import { needsOf } from './needs';

describe('needs', () => {
  it('names what waits, failures first, each with the list that shows it', () => {
    const needs = needsOf({
      orders: { total: 9, byState: { CREATED: 4, SCHEDULED: 0, FAILED: 1, CLOSED: 4 } },
      notifications: { recent: 20, failed: 2 },
      webhooks: null,
      activity: [],
      missing: ['webhooks'],
    });
    expect(needs.map(({ name, count, to }) => [name, count, to.to, to.search['state']])).toEqual([
      ['failedOrders', 1, '/orders', 'FAILED'],
      ['failedMessages', 2, '/messages', 'FAILED'],
      ['unscheduled', 4, '/orders', 'CREATED'],
    ]);
  });

  it('is empty on a calm day', () => {
    const calm = {
      orders: { total: 0, byState: {} },
      notifications: null,
      webhooks: null,
      activity: null,
      missing: [],
    };
    expect(needsOf(calm)).toEqual([]);
  });
});
