import { Injectable } from '@nestjs/common';
import {
  changeOf,
  type OrderState,
  serviceOrderCancelled,
  serviceOrderDelivered,
  serviceOrderMoved,
} from '@orion/contracts';
import { Outbox } from '@orion/messaging';
import { BusinessRuleException } from '@orion/problem';
import { ReleaseBooking } from '../calendar/release-booking.use-case';
import { type Actor, type Tx } from '../shared/tx.types';
import { jobFacts } from './job-facts.repository';
import { type OrderRecord, orderRecord } from './order.mapper';
import { writeHistory } from './service-order.repository';
import { findMove, type Move, type Mover } from './transitions';

export interface Step {
  to: OrderState;
  who: Mover;
  reason: string;
}

/** Moves a locked order along its transition table: state, history, events and the fate of its booking. */
@Injectable()
export class MoveOrder {
  constructor(
    private readonly outbox: Outbox,
    private readonly releaseBooking: ReleaseBooking,
  ) {}

  /** @throws BusinessRuleException ILLEGAL_TRANSITION */
  async run(tx: Tx, actor: Actor, order: OrderRecord, { to, who, reason }: Step): Promise<OrderRecord> {
    const move = findMove(order, to, who);
    if (!move) {
      throw new BusinessRuleException(
        'ILLEGAL_TRANSITION',
        `${order.number} is ${order.state} and cannot become ${to}`,
      );
    }
    const { organizationId, id } = order;
    const row = await tx.serviceOrder.update({
      where: { organizationId_id: { organizationId, id } },
      data: { state: to, version: { increment: 1 } },
    });
    await writeHistory(tx, {
      organizationId,
      serviceOrderId: id,
      fromState: order.state,
      toState: to,
      reason,
      actorId: actor.userId,
    });
    const moved = orderRecord(row);
    await this.publish(tx, actor, moved, move, reason);
    if (move.booking === 'release') await this.releaseBooking.ofOrder(tx, organizationId, id, reason);
    return moved;
  }

  private async publish(tx: Tx, actor: Actor, order: OrderRecord, move: Move, reason: string): Promise<void> {
    const { organizationId, id: subject, number } = order;
    await this.outbox.publish(tx, serviceOrderMoved, {
      organizationId,
      subject,
      data: { serviceOrderId: subject, number, from: move.from, to: move.to, reason, actorId: actor.userId },
      change: changeOf({ state: move.from }, { state: move.to }),
    });
    if (move.event === 'serviceOrderDelivered') {
      const data = { serviceOrderId: subject, number };
      await this.outbox.publish(tx, serviceOrderDelivered, { organizationId, subject, data });
    }
    if (move.event === 'serviceOrderCancelled') {
      const data = { serviceOrderId: subject, number, reason, ...(await jobFacts(tx, order)) };
      await this.outbox.publish(tx, serviceOrderCancelled, { organizationId, subject, data });
    }
  }
}
