import type { Database } from '@orion/database';
import type { Outbox } from '@orion/messaging';
import { randomUUID } from 'node:crypto';
import { changeNumberedThing, changeThing } from './change-thing';
import type { PrismaClient } from './generated/prisma/client';
import type { Task } from './task';

const TAKEN_BACK_EVERY = 5;

class TakenBack extends Error {}

/**
 * Many writers on two things: one takes its event's number at once, the other with the commit. A change that is taken
 * back leaves no gap behind.
 */
export async function writeTogether(
  database: Database<PrismaClient>,
  outbox: Outbox,
  task: Task,
  { writers, changes }: { writers: number; changes: number },
): Promise<number> {
  const things = [
    { id: randomUUID(), changed: changeThing },
    { id: randomUUID(), changed: changeNumberedThing },
  ];
  const change = ({ id, changed }: (typeof things)[number], takenBack: boolean) =>
    database.tenant(task.organizationId, async (tx) => {
      await changed(tx, outbox, task, id);
      if (takenBack) throw new TakenBack();
    });
  const writer = async () => {
    for (let n = 1; n <= changes; n++) {
      for (const thing of things) {
        await change(thing, false);
        if (n % TAKEN_BACK_EVERY > 0) continue;
        await change(thing, true).catch((error: unknown) => {
          if (!(error instanceof TakenBack)) throw error;
        });
      }
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
  return things.length * writers * changes;
}
