import { Injectable } from '@nestjs/common';
import type { Out, readServiceOrder } from '@orion/contracts';
import { activeBookingOf } from '../calendar/booking.repository';
import { databaseNow } from '../shared/clock.query';
import { type Tx } from '../shared/tx.types';
import { orderReply, transitionReply } from './order.mapper';
import { readOrder } from './service-order.repository';

const HISTORY_LIMIT = 500;

@Injectable()
export class ReadOrder {
  /** @throws BusinessRuleException NOT_FOUND */
  async run(tx: Tx, organizationId: string, id: string): Promise<Out<typeof readServiceOrder>> {
    const order = await readOrder(tx, organizationId, id);
    const history = await tx.serviceOrderTransition.findMany({
      where: { organizationId, serviceOrderId: id },
      orderBy: { id: 'asc' },
      take: HISTORY_LIMIT,
    });
    const booking = await activeBookingOf(tx, organizationId, id);
    const expired = booking?.expiresAt && booking.expiresAt <= (await databaseNow(tx));
    const assignment = await tx.assignment.findFirst({
      where: { organizationId, serviceOrderId: id, state: { in: ['PENDING', 'ACCEPTED'] } },
      orderBy: { id: 'desc' },
      select: { id: true },
    });
    return {
      ...orderReply(order),
      history: history.map(transitionReply),
      booking:
        booking && !expired
          ? {
              id: booking.id,
              technicianId: booking.technicianId,
              technicianName: booking.technician.name,
              state: booking.state === 'CONFIRMED' ? 'CONFIRMED' : 'PRE_BOOKED',
              startsAt: booking.startsAt.toISOString(),
              endsAt: booking.endsAt.toISOString(),
              expiresAt: booking.expiresAt?.toISOString() ?? null,
            }
          : null,
      assignmentId: assignment?.id ?? null,
    };
  }
}
