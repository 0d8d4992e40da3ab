import { Injectable } from '@nestjs/common';
import type { Funnel, holdSlot, In, Out } from '@orion/contracts';
import { BusinessRuleException } from '@orion/problem';
import { v7 } from 'uuid';
import { type Considered, consider, type Question, stillFree } from '../assignment/candidates.repository';
import { chosen, rankedFor } from '../assignment/choice';
import type { Candidate } from '../assignment/funnel';
import { refuse } from '../assignment/refusal.repository';
import { lockOrder } from '../service-orders/service-order.repository';
import { canBeBooked } from '../service-orders/transitions';
import type { OrderRecord } from '../service-orders/order.mapper';
import { readUnit } from '../settings/business-unit.repository';
import { databaseNow } from '../shared/clock.query';
import { instant } from '../shared/instant';
import { lockRow } from '../shared/lock.query';
import { type Actor, type Tx } from '../shared/tx.types';
import { BookingEvents } from './booking-events.publisher';
import { bookingReply } from './booking.mapper';
import {
  type BookingRow,
  countHolds,
  expireColliding,
  insertHold,
  readBookingRow,
  takenBy,
} from './booking.repository';
import { raiseDays } from './calendar-day.repository';
import { EndHold } from './end-hold.use-case';
import { checkStart, MAX_TRIES } from './hold-rules';
import { attempt } from './savepoint.query';

/**
 * Holds a start for an order: the funnel ranks the technicians, the best one whose day is still free inside its lock
 * gets the hold.
 */
@Injectable()
export class HoldSlot {
  constructor(
    private readonly events: BookingEvents,
    private readonly endHold: EndHold,
  ) {}

  /** @throws BusinessRuleException as the contract lists */
  async run(tx: Tx, actor: Actor, body: In<typeof holdSlot>['body']): Promise<Out<typeof holdSlot>> {
    const { organizationId } = actor;
    const start = instant(body.startsAt, 'body.startsAt');
    const order = await lockOrder(tx, organizationId, body.serviceOrderId);
    if (body.technicianId !== undefined) await this.mustExist(tx, organizationId, body.technicianId);
    if (!canBeBooked(order.state)) {
      throw new BusinessRuleException('ILLEGAL_TRANSITION', `${order.number} is ${order.state}`);
    }
    const unit = await readUnit(tx, organizationId, order.businessUnitId);
    const now = (await databaseNow(tx)).getTime();
    await this.endExpired(tx, order, now);
    await this.checkLimit(tx, order, unit.holdsPerCustomer);
    const question = { order, unit, start, now };
    const considered = await consider(tx, question);
    checkStart({ start, now, grid: considered.input.grid, ...order });
    for (const { candidate } of rankedFor(considered, body.technicianId).slice(0, MAX_TRIES)) {
      const funnel = chosen(considered.funnel, candidate.id);
      const booking = await attempt(tx, () => this.place(tx, actor, question, considered, candidate, funnel));
      if (booking) {
        await this.events.held(tx, order, booking);
        return { ...bookingReply(booking), funnel };
      }
    }
    return refuse(tx, question, considered, body.technicianId);
  }

  /** Inside the lock of the technician's day; null where somebody else was faster. */
  private async place(
    tx: Tx,
    actor: Actor,
    question: Question,
    { input }: Considered,
    candidate: Candidate,
    funnel: Funnel,
  ): Promise<BookingRow | null> {
    const { order, unit, start } = question;
    const { organizationId } = actor;
    const hold = {
      organizationId,
      technicianId: candidate.id,
      startsAt: new Date(start),
      endsAt: new Date(start + input.job.durationMs),
    };
    await raiseDays(tx, organizationId, [{ technicianId: candidate.id, day: input.grid.date }]);
    await this.events.expired(tx, await expireColliding(tx, hold));
    if (!(await stillFree(tx, question, input, candidate))) return null;
    const id = v7();
    const placed = await insertHold(tx, {
      ...hold,
      id,
      serviceOrderId: order.id,
      customerId: order.customerId,
      day: input.grid.date,
      latitude: order.latitude,
      longitude: order.longitude,
      holdLifeMinutes: unit.holdLifeMinutes,
      funnel,
      createdBy: actor.userId,
    });
    return placed ? readBookingRow(tx, organizationId, id) : null;
  }

  private async mustExist(tx: Tx, organizationId: string, id: string): Promise<void> {
    const technician = await tx.technician.findUnique({
      where: { organizationId_id: { organizationId, id } },
    });
    if (!technician) throw new BusinessRuleException('NOT_FOUND', 'There is no such technician');
  }

  /** An order has one hold at a time; an expired one makes room. */
  private async endExpired(tx: Tx, order: OrderRecord, now: number): Promise<void> {
    const hold = await takenBy(tx, order.organizationId, order.id);
    if (!hold) return;
    if (hold.expiresAt === null || hold.expiresAt.getTime() > now) {
      throw new BusinessRuleException(
        'CONFLICT',
        `${order.number} has a hold already; confirm or cancel it`,
        {
          bookingId: hold.id,
        },
      );
    }
    await this.endHold.run(tx, hold);
  }

  private async checkLimit(tx: Tx, order: OrderRecord, limit: number): Promise<void> {
    await lockRow(tx, 'customer', order.organizationId, order.customerId);
    const holds = await countHolds(tx, order.organizationId, order.customerId);
    if (holds >= limit) {
      throw new BusinessRuleException(
        'HOLD_LIMIT',
        `${order.customerName} has ${String(holds)} holds of ${String(limit)}`,
      );
    }
  }
}
