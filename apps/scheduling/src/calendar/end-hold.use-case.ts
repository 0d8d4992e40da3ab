import { Injectable } from '@nestjs/common';
import { type Tx } from '../shared/tx.types';
import { BookingEvents } from './booking-events.publisher';
import type { Booking } from '../generated/prisma/client';
import { dayText, raiseDays } from './calendar-day.repository';

/** Ends one hold whose time is over. The caller has the order's lock. */
@Injectable()
export class EndHold {
  constructor(private readonly events: BookingEvents) {}

  async run(tx: Tx, hold: Booking): Promise<void> {
    const { organizationId, technicianId, day, id } = hold;
    await raiseDays(tx, organizationId, [{ technicianId, day: dayText(day) }]);
    const { count } = await tx.booking.updateMany({
      where: { organizationId, id, state: 'PRE_BOOKED' },
      data: { state: 'EXPIRED', version: { increment: 1 } },
    });
    if (count === 1) await this.events.expired(tx, [hold]);
  }
}
