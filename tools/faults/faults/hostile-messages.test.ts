import { describe, expect, it } from '@jest/globals';
import { EventEnvelope } from '@orion/contracts';
import { randomUUID } from 'node:crypto';
import { thingHappened } from '../src/task';
import { hostileValues } from './hostile';
import { hostileEvents, typesForAll } from './hostile-messages';

describe('hostile events', () => {
  it('are good events but for their data', () => {
    const sender = { organizationId: randomUUID(), messageId: 'm' };
    const events = hostileEvents(thingHappened.type, { thingId: randomUUID() }, sender);
    expect(events).toHaveLength(hostileValues({}).length);
    for (const { key, body, messageId } of events) {
      expect([key, messageId]).toEqual(['gateway.thing.happened.v1', 'm']);
      expect(EventEnvelope.parse(JSON.parse(body.toString())).organizationid).toBe(sender.organizationId);
    }
  });
});

describe('types for all', () => {
  it('reach every consumer with few types', () => {
    const consumers = [{ types: ['a', 'b', 'c'] }, { types: ['b'] }, { types: ['d', 'c'] }];
    expect(typesForAll(consumers)).toEqual(['b', 'd']);
  });
});
