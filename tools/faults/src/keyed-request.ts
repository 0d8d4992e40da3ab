import type { Database } from '@orion/database';
import type { Outbox } from '@orion/messaging';
import { randomUUID } from 'node:crypto';
import type { PrismaClient } from './generated/prisma/client';
import { type Task, thingHappened } from './task';

const MOST_TRIES = 5;

export interface Answered {
  tries: number;
  replies: string[];
}

/** Makes a thing under an idempotency key, as a client that repeats until it has an answer, and once more after that. */
export async function keyedRequest(
  database: Database<PrismaClient>,
  outbox: Outbox,
  { organizationId }: Task,
  key: string,
): Promise<Answered> {
  const call = {
    contract: { id: 'faults.create' },
    principal: { organizationId, userId: organizationId },
    idempotencyKey: key,
    params: {},
    query: {},
    body: {},
  };
  const attempt = () =>
    database.execute(call, async (tx) => {
      const id = randomUUID();
      await tx.thing.create({ data: { id, organizationId } });
      await outbox.publish(tx, thingHappened, { organizationId, subject: id, data: { thingId: id } });
      return { id };
    });
  for (let tries = 1; ; tries++) {
    try {
      const first = await attempt();
      return { tries, replies: [first, await attempt()].map((it) => JSON.stringify(it)) };
    } catch (error) {
      if (tries === MOST_TRIES) throw error;
    }
  }
}
