import { describe, expect, it } from '@jest/globals';
import { WEBHOOK_EVENTS } from '@orion/contracts';
import { eventTypeCatalogue, eventTypesProblem, wants } from './event-types';

describe('eventTypesProblem', () => {
  it.each([
    [['*'], null],
    [['order.confirmed', 'order.cancelled'], null],
    [['*', 'order.confirmed'], 'stands alone'],
    [['order.confirmed', 'order.eaten'], 'order.eaten'],
    [['webhook.test'], 'webhook.test'],
  ])('%j → %s', (types, problem) => {
    if (problem === null) expect(eventTypesProblem(types)).toBeNull();
    else expect(eventTypesProblem(types)).toContain(problem);
  });
});

describe('wants', () => {
  it('takes the listed types, or all with *', () => {
    expect(wants(['order.confirmed'], 'order.confirmed')).toBe(true);
    expect(wants(['order.confirmed'], 'order.cancelled')).toBe(false);
    expect(wants(['*'], 'order.cancelled')).toBe(true);
  });
});

describe('eventTypeCatalogue', () => {
  it('describes every public event with the schema of its payload, by name', () => {
    const catalogue = eventTypeCatalogue();
    expect(catalogue.map(({ type }) => type)).toEqual(
      [...WEBHOOK_EVENTS.keys()].sort((a, b) => a.localeCompare(b)),
    );
    const confirmed = catalogue.find(({ type }) => type === 'order.confirmed');
    expect(confirmed?.schema).toMatchObject({
      type: 'object',
      required: expect.arrayContaining(['eventId', 'idempotencyKey', 'data']),
      properties: { eventType: { const: 'order.confirmed' }, data: { type: 'object' } },
    });
  });
});
