import type { Outbox } from '@orion/messaging';
import type { Prisma } from './generated/prisma/client';
import { type Task, thingHappened } from './task';

/** Makes or changes a thing, in the caller's transaction, and publishes that it happened when that commits. */
export async function changeThing(
  tx: Prisma.TransactionClient,
  outbox: Outbox,
  { organizationId }: Task,
  id: string,
): Promise<void> {
  await countUp(tx, organizationId, id);
  await outbox.publish(tx, thingHappened, { organizationId, subject: id, data: { thingId: id } });
}

/**
 * The same, for a state that wants to know its event's sequence: the event takes its place in the outbox now, long
 * before the commit maybe.
 * @throws Error where the sequence is not the version the thing has now
 */
export async function changeNumberedThing(
  tx: Prisma.TransactionClient,
  outbox: Outbox,
  { organizationId }: Task,
  id: string,
): Promise<void> {
  const fact = { organizationId, subject: id, data: { thingId: id } };
  const { sequence } = await outbox.publishNumbered(tx, thingHappened, fact);
  const version = await countUp(tx, organizationId, id);
  if (version !== sequence) throw new Error(`version ${version} came with sequence ${sequence}`);
}

async function countUp(tx: Prisma.TransactionClient, organizationId: string, id: string): Promise<number> {
  const { version } = await tx.thing.upsert({
    where: { id },
    create: { id, organizationId },
    update: { version: { increment: 1 } },
  });
  return version;
}
