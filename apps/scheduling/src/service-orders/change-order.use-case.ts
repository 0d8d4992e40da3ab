import { Injectable } from '@nestjs/common';
import type { changeServiceOrder, In } from '@orion/contracts';
import { BusinessRuleException, FieldProblems } from '@orion/problem';
import { takenBy } from '../calendar/booking.repository';
import { addressColumns } from '../shared/address';
import { databaseNow } from '../shared/clock.query';
import { dateOf } from '../shared/instant';
import { Records } from '../shared/records.publisher';
import { type Actor, type Tx } from '../shared/tx.types';
import { type OrderRecord, orderRecord, orderReply } from './order.mapper';
import { lockOrder } from './service-order.repository';

@Injectable()
export class ChangeOrder {
  constructor(private readonly records: Records) {}

  /** @throws BusinessRuleException NOT_FOUND, ILLEGAL_TRANSITION once it is booked, CONFLICT while a slot is held */
  async run(
    tx: Tx,
    actor: Actor,
    id: string,
    body: In<typeof changeServiceOrder>['body'],
  ): Promise<OrderRecord> {
    const { organizationId } = actor;
    const order = await lockOrder(tx, organizationId, id);
    if (order.state !== 'CREATED') {
      throw new BusinessRuleException(
        'ILLEGAL_TRANSITION',
        `${order.number} is ${order.state} and can no longer change`,
      );
    }
    const hold = await takenBy(tx, organizationId, id);
    if (hold?.expiresAt && hold.expiresAt > (await databaseNow(tx))) {
      throw new BusinessRuleException('CONFLICT', `A slot is held for ${order.number}; release it first`);
    }
    const { address, earliestStart, latestStart, skills, ...rest } = body;
    const window = {
      earliestStart:
        earliestStart === undefined ? order.earliestStart : dateOf(earliestStart, 'body.earliestStart'),
      latestStart: latestStart === undefined ? order.latestStart : dateOf(latestStart, 'body.latestStart'),
    };
    if (window.latestStart < window.earliestStart) {
      throw new FieldProblems([{ field: 'body.latestStart', reason: 'must not be before earliestStart' }]);
    }
    const row = await tx.serviceOrder.update({
      where: { organizationId_id: { organizationId, id } },
      data: {
        ...rest,
        ...window,
        ...(address && addressColumns(address)),
        ...(skills && { skills: [...new Set(skills)] }),
        version: { increment: 1 },
      },
    });
    await this.records.tell(tx, organizationId, 'service-order', orderReply(order), orderReply(row));
    return orderRecord(row);
  }
}
