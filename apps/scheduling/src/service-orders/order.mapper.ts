import type {
  OrderKind,
  OrderState,
  ServiceOrder as ServiceOrderReply,
  Transition as TransitionReply,
} from '@orion/contracts';
import type { z } from 'zod';
import type { ServiceOrder, ServiceOrderTransition } from '../generated/prisma/client';
import { addressOf } from '../shared/address';

/** A service order with its state and kind as the contract names them. */
export type OrderRecord = Omit<ServiceOrder, 'state' | 'kind'> & { state: OrderState; kind: OrderKind };

/** The check constraints hold state and kind to the contract's words. */
export const orderRecord = (row: ServiceOrder): OrderRecord => row as OrderRecord;

export const orderReply = (row: ServiceOrder): z.input<typeof ServiceOrderReply> => {
  const order = orderRecord(row);
  return {
    id: order.id,
    number: order.number,
    businessUnitId: order.businessUnitId,
    customerId: order.customerId,
    customerName: order.customerName,
    state: order.state,
    kind: order.kind,
    title: order.title,
    instructions: order.instructions,
    address: addressOf(order),
    skills: order.skills,
    durationMinutes: order.durationMinutes,
    earliestStart: order.earliestStart.toISOString(),
    latestStart: order.latestStart.toISOString(),
    attributes: order.attributes as Record<string, string | number | boolean>,
    externalId: order.externalId,
    createdAt: order.createdAt.toISOString(),
    version: order.version,
  };
};

export const transitionReply = (row: ServiceOrderTransition): z.input<typeof TransitionReply> => ({
  from: row.fromState as OrderState | null,
  to: row.toState as OrderState,
  reason: row.reason,
  actorId: row.actorId,
  at: row.at.toISOString(),
});
