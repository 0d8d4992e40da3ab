import type { EventData, bookingHeld } from '@orion/contracts';
import { addressLine } from '../shared/address';
import { found } from '../shared/found';
import type { Tx } from '../shared/tx.types';
import type { OrderRecord } from './order.mapper';

export type JobFacts = Pick<EventData<typeof bookingHeld>, 'job' | 'customer'>;

/** What events tell about a job and its customer. */
export async function jobFacts(tx: Tx, order: OrderRecord): Promise<JobFacts> {
  const { organizationId } = order;
  const customer = found(
    await tx.customer.findUnique({ where: { organizationId_id: { organizationId, id: order.customerId } } }),
  );
  const unit = found(
    await tx.businessUnit.findUnique({
      where: { organizationId_id: { organizationId, id: order.businessUnitId } },
      select: { timezone: true },
    }),
  );
  return {
    job: {
      serviceOrderId: order.id,
      number: order.number,
      kind: order.kind,
      title: order.title,
      address: addressLine(order),
      timezone: unit.timezone,
    },
    customer: {
      id: customer.id,
      name: customer.name,
      email: customer.email,
      language: customer.language as JobFacts['customer']['language'],
    },
  };
}
