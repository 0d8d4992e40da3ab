import type { EventEnvelope } from '@orion/contracts';
import { randomUUID } from 'node:crypto';
import { thingHappened } from '../src/task';
import type { Ground } from './ground';

/** An event of the ground as a producer puts it on the wire; `change` may break it. */
export const eventOf = (ground: Pick<Ground, 'organizationId'>): EventEnvelope => {
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

export const envelope = (ground: Pick<Ground, 'organizationId'>, change: object): Buffer =>
  Buffer.from(JSON.stringify({ ...eventOf(ground), ...change }));
