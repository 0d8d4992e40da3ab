import { Injectable } from '@nestjs/common';
import { type createServiceOrder, type In, serviceOrderCreated } from '@orion/contracts';
import { Outbox } from '@orion/messaging';
import { BusinessRuleException } from '@orion/problem';
import { v7 } from 'uuid';
import { addressColumns, addressOf } from '../shared/address';
import { dateOf } from '../shared/instant';
import { type Actor, type Tx } from '../shared/tx.types';
import { type OrderRecord, orderRecord } from './order.mapper';
import { nextNumber, writeHistory } from './service-order.repository';

@Injectable()
export class CreateOrder {
  constructor(private readonly outbox: Outbox) {}

  /** @throws BusinessRuleException REFERENCE_MISSING, ARCHIVED */
  async run(tx: Tx, actor: Actor, body: In<typeof createServiceOrder>['body']): Promise<OrderRecord> {
    const { organizationId } = actor;
    const { address, earliestStart, latestStart, skills, ...rest } = body;
    const window = {
      earliestStart: dateOf(earliestStart, 'body.earliestStart'),
      latestStart: dateOf(latestStart, 'body.latestStart'),
    };
    const customer = await tx.customer.findUnique({
      where: { organizationId_id: { organizationId, id: body.customerId } },
    });
    if (!customer) throw new BusinessRuleException('REFERENCE_MISSING', 'There is no such customer');
    if (customer.archived) throw new BusinessRuleException('ARCHIVED', 'The customer is archived');
    const row = await tx.serviceOrder.create({
      data: {
        ...rest,
        ...window,
        ...addressColumns(address ?? addressOf(customer)),
        skills: [...new Set(skills)],
        id: v7(),
        organizationId,
        number: await nextNumber(tx, organizationId),
        customerName: customer.name,
        state: 'CREATED',
      },
    });
    const order = orderRecord(row);
    await writeHistory(tx, {
      organizationId,
      serviceOrderId: row.id,
      fromState: null,
      toState: 'CREATED',
      reason: '',
      actorId: actor.userId,
    });
    await this.publish(tx, order);
    return order;
  }

  private async publish(tx: Tx, order: OrderRecord): Promise<void> {
    await this.outbox.publish(tx, serviceOrderCreated, {
      organizationId: order.organizationId,
      subject: order.id,
      data: {
        serviceOrderId: order.id,
        number: order.number,
        kind: order.kind,
        title: order.title,
        customerId: order.customerId,
        customerName: order.customerName,
        externalId: order.externalId,
        earliestStart: order.earliestStart.toISOString(),
        latestStart: order.latestStart.toISOString(),
      },
    });
  }
}
