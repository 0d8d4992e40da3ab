import type { EventEnvelope } from '@orion/contracts';
import { randomUUID } from 'node:crypto';
import { thingHappened } from '../src/task';

/** An event of the ground as a producer puts it on the wire; `change` may break it. */
export const eventOf = (ground: { organizationId: string }): EventEnvelope => {
  const id = randomUUID();
  return {
    specversion: '1.0',
    id,
    source: '/orion/faults',
    type: thingHappened.type,
    time: new Date().toISOString(),
    subject: randomUUID(),
    datacontenttype: 'application/json',
    data: { thingId: randomUUID() },
    organizationid: ground.organizationId,
    correlationid: `fault-${id}`,
    sequence: 1,
  };
};

export const envelope = (ground: { organizationId: string }, change: object): Buffer =>
  Buffer.from(JSON.stringify({ ...eventOf(ground), ...change }));
