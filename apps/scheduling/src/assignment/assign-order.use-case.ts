import { Injectable } from '@nestjs/common';
import { type assign, assignmentCreated, changeOf, type Funnel, type In, type Out } from '@orion/contracts';
import { Outbox } from '@orion/messaging';
import { BusinessRuleException } from '@orion/problem';
import { v7 } from 'uuid';
import { activeBookingOf, type BookingRow } from '../calendar/booking.repository';
import { MAX_TRIES } from '../calendar/hold-rules';
import { attempt } from '../calendar/savepoint.query';
import { jobFacts } from '../service-orders/job-facts.repository';
import { MoveOrder } from '../service-orders/move-order.use-case';
import type { OrderRecord } from '../service-orders/order.mapper';
import { lockOrder } from '../service-orders/service-order.repository';
import { findMove } from '../service-orders/transitions';
import { readUnit } from '../settings/business-unit.repository';
import { databaseNow } from '../shared/clock.query';
import { found } from '../shared/found';
import { type Actor, type Tx } from '../shared/tx.types';
import { readAssignmentDetail } from './assignment.repository';
import { consider } from './candidates.repository';
import { chosen, preferring, rankedFor } from './choice';
import { refuse } from './refusal.repository';
import { TakeBooking } from './take-booking.use-case';

/** Direct assignment: the funnel runs again at the booking's start and the booking goes to whom it chooses. */
@Injectable()
export class AssignOrder {
  constructor(
    private readonly outbox: Outbox,
    private readonly moveOrder: MoveOrder,
    private readonly takeBooking: TakeBooking,
  ) {}

  /** @throws BusinessRuleException as the contract lists */
  async run(
    tx: Tx,
    actor: Actor,
    { serviceOrderId, technicianId }: In<typeof assign>['body'],
  ): Promise<Out<typeof assign>> {
    const { organizationId } = actor;
    const order = await lockOrder(tx, organizationId, serviceOrderId);
    if (technicianId !== undefined) {
      found(
        await tx.technician.findUnique({
          where: { organizationId_id: { organizationId, id: technicianId } },
        }),
      );
    }
    const before = await this.bookingToAssign(tx, order);
    const unit = await readUnit(tx, organizationId, order.businessUnitId);
    const now = (await databaseNow(tx)).getTime();
    const question = { order, unit, start: before.startsAt.getTime(), now, except: before.id };
    const considered = await consider(tx, question);
    const ranked =
      technicianId === undefined
        ? preferring(considered.ranked, before.technicianId)
        : rankedFor(considered, technicianId);
    for (const { candidate } of ranked.slice(0, MAX_TRIES)) {
      const booking = await attempt(tx, () =>
        this.takeBooking.run(tx, question, considered, candidate, before),
      );
      if (booking) return this.bind(tx, actor, order, booking, chosen(considered.funnel, candidate.id), now);
    }
    return refuse(tx, question, considered, technicianId);
  }

  private async bookingToAssign(tx: Tx, order: OrderRecord): Promise<BookingRow> {
    const booking = await activeBookingOf(tx, order.organizationId, order.id);
    const confirmed = booking?.state === 'CONFIRMED';
    if (!findMove(order, 'ASSIGNED', 'ASSIGNMENT')) {
      const code =
        !confirmed && (order.state === 'CREATED' || order.state === 'FAILED')
          ? 'NOT_BOOKED'
          : 'ILLEGAL_TRANSITION';
      throw new BusinessRuleException(code, `${order.number} is ${order.state}`);
    }
    if (!booking || !confirmed) throw new BusinessRuleException('NOT_BOOKED');
    return booking;
  }

  private async bind(
    tx: Tx,
    actor: Actor,
    order: OrderRecord,
    booking: BookingRow,
    funnel: Funnel,
    now: number,
  ): Promise<Out<typeof assign>> {
    const { organizationId } = order;
    const { technicianId } = booking;
    await tx.assignment.updateMany({
      where: { organizationId, serviceOrderId: order.id, state: { in: ['PENDING', 'ACCEPTED'] } },
      data: { state: 'EXPIRED' },
    });
    const { id } = await tx.assignment.create({
      data: {
        id: v7(),
        organizationId,
        serviceOrderId: order.id,
        technicianId,
        bookingId: booking.id,
        mode: 'DIRECT',
        state: 'PENDING',
        funnel,
        createdBy: actor.userId,
      },
    });
    const technician = await tx.technician.update({
      where: { organizationId_id: { organizationId, id: technicianId } },
      data: { lastAssignedAt: new Date(now) },
    });
    await this.moveOrder.run(tx, actor, order, { to: 'ASSIGNED', who: 'ASSIGNMENT', reason: '' });
    await this.publish(tx, order, booking, id, technician);
    return readAssignmentDetail(tx, organizationId, id);
  }

  private async publish(
    tx: Tx,
    order: OrderRecord,
    booking: BookingRow,
    assignmentId: string,
    { id, name, email }: { id: string; name: string; email: string | null },
  ): Promise<void> {
    await this.outbox.publish(tx, assignmentCreated, {
      organizationId: order.organizationId,
      subject: assignmentId,
      data: {
        assignmentId,
        bookingId: booking.id,
        startsAt: booking.startsAt.toISOString(),
        endsAt: booking.endsAt.toISOString(),
        instructions: order.instructions,
        technician: { id, name, email, language: 'en' },
        ...(await jobFacts(tx, order)),
      },
      change: changeOf(null, { serviceOrderId: order.id, technicianId: id }),
    });
  }
}
