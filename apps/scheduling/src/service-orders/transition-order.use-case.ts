import { Injectable } from '@nestjs/common';
import type { In, transitionServiceOrder } from '@orion/contracts';
import { type Actor, type Tx } from '../shared/tx.types';
import { MoveOrder } from './move-order.use-case';
import type { OrderRecord } from './order.mapper';
import { lockOrder } from './service-order.repository';

/** Moves made by a person through the order itself. */
@Injectable()
export class TransitionOrder {
  constructor(private readonly moveOrder: MoveOrder) {}

  /** @throws BusinessRuleException NOT_FOUND, ILLEGAL_TRANSITION */
  async move(
    tx: Tx,
    actor: Actor,
    id: string,
    { to, reason }: In<typeof transitionServiceOrder>['body'],
  ): Promise<OrderRecord> {
    const order = await lockOrder(tx, actor.organizationId, id);
    const moved = await this.moveOrder.run(tx, actor, order, { to, who: 'OPERATOR', reason });
    if (to === 'ACCEPTED') {
      await tx.assignment.updateMany({
        where: { organizationId: actor.organizationId, serviceOrderId: id, state: 'PENDING' },
        data: { state: 'ACCEPTED' },
      });
    }
    return moved;
  }

  /** @throws BusinessRuleException NOT_FOUND, ILLEGAL_TRANSITION */
  async cancel(tx: Tx, actor: Actor, id: string, reason: string): Promise<OrderRecord> {
    const order = await lockOrder(tx, actor.organizationId, id);
    return this.moveOrder.run(tx, actor, order, { to: 'CANCELLED', who: 'CANCELLATION', reason });
  }
}
