import type { OrderState } from '@orion/contracts';
import { v7 } from 'uuid';
import { found } from '../shared/found';
import { lockRow } from '../shared/lock.query';
import type { Tx } from '../shared/tx.types';
import { orderNumber } from './order-number';
import { type OrderRecord, orderRecord } from './order.mapper';

/** @throws BusinessRuleException NOT_FOUND */
export async function readOrder(tx: Tx, organizationId: string, id: string): Promise<OrderRecord> {
  return orderRecord(
    found(await tx.serviceOrder.findUnique({ where: { organizationId_id: { organizationId, id } } })),
  );
}

/** Locks the order; everything that books, moves or changes it comes through here first. */
export async function lockOrder(tx: Tx, organizationId: string, id: string): Promise<OrderRecord> {
  await lockRow(tx, 'service_order', organizationId, id);
  return readOrder(tx, organizationId, id);
}

/** The next number of the organization; concurrent creations wait for each other here. */
export async function nextNumber(tx: Tx, organizationId: string): Promise<string> {
  const [row] = await tx.$queryRaw<{ value: number }[]>`
    INSERT INTO order_counter (organization_id, value) VALUES (${organizationId}::uuid, 1)
    ON CONFLICT (organization_id) DO UPDATE SET value = order_counter.value + 1
    RETURNING value`;
  return orderNumber(found(row).value);
}

interface HistoryEntry {
  organizationId: string;
  serviceOrderId: string;
  fromState: OrderState | null;
  toState: OrderState;
  reason: string;
  actorId: string | null;
}

export async function writeHistory(tx: Tx, entry: HistoryEntry): Promise<void> {
  await tx.serviceOrderTransition.create({ data: { ...entry, id: v7() } });
}
