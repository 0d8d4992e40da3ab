import type { Database, RawTx } from '@orion/database';
import type { Outbox } from '@orion/messaging';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { changeNumberedThing, changeThing } from './change-thing';
import type { PrismaClient } from './generated/prisma/client';
import type { Task } from './task';

const LONGEST_MS = 60_000;

const UNSENT = `
  SELECT count(*)::int AS rows FROM platform.outbox WHERE aggregate_id = ANY ($1::text[]) AND published_at IS NULL`;

/** A change that draws the lowest place in the outbox and commits when `others` that came later are delivered. */
export async function commitLate(
  database: Database<PrismaClient>,
  outbox: Outbox,
  task: Task,
  others: number,
): Promise<number> {
  const raw = database.workerClient as unknown as RawTx;
  const ids = Array.from({ length: others }, () => randomUUID());
  await database.tenant(
    task.organizationId,
    async (late) => {
      await changeNumberedThing(late, outbox, task, randomUUID());
      for (const id of ids) {
        await database.tenant(task.organizationId, (tx) => changeThing(tx, outbox, task, id));
      }
      for (const until = Date.now() + LONGEST_MS / 2; ; await sleep(50)) {
        const [row] = await raw.$queryRawUnsafe<{ rows: number }[]>(UNSENT, ids);
        if (row?.rows === 0) return;
        if (Date.now() > until) throw new Error(`${row?.rows} changes that committed first were not sent`);
      }
    },
    { timeoutMs: LONGEST_MS },
  );
  return others + 1;
}
