import type { Outbox } from '@orion/messaging';
import type { Prisma } from './generated/prisma/client';
import { type Task, thingHappened } from './task';

/**
 * Makes or changes a thing and publishes that it happened, in the caller's transaction.
 * @throws Error where the event's sequence is not the version the thing has now
 */
export async function changeThing(
  tx: Prisma.TransactionClient,
  outbox: Outbox,
  { organizationId }: Task,
  id: string,
): Promise<void> {
  const fact = { organizationId, subject: id, data: { thingId: id } };
  const { sequence } = await outbox.publish(tx, thingHappened, fact);
  const { version } = await tx.thing.upsert({
    where: { id },
    create: { id, organizationId },
    update: { version: { increment: 1 } },
  });
  if (version !== sequence) throw new Error(`version ${version} came with sequence ${sequence}`);
}
