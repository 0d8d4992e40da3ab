import type { Database } from '@orion/database';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PrismaClient } from './generated/prisma/client';
import type { Task } from './task';
import type { ThingMaker } from './thing-maker';

const MOST_TRIES = 5;
/** A server may need a moment to notice that a client before has died. */
const PAUSE_MS = 200;

export interface Answered {
  tries: number;
  replies: string[];
}

/** Makes a thing under an idempotency key, as a client that repeats until it has an answer, and once more after that. */
export async function keyedRequest(
  database: Database<PrismaClient>,
  things: ThingMaker,
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
  const attempt = () => database.execute(call, async (tx) => ({ id: await things.make(tx) }));
  for (let tries = 1; ; tries++) {
    try {
      const first = await attempt();
      return { tries, replies: [first, await attempt()].map((it) => JSON.stringify(it)) };
    } catch (error) {
      if (tries === MOST_TRIES) throw error;
      await sleep(PAUSE_MS);
    }
  }
}
