import { Injectable } from '@nestjs/common';
import { BusinessRuleException } from '@orion/problem';
import { MoveOrder } from '../service-orders/move-order.use-case';
import { lockOrder } from '../service-orders/service-order.repository';
import { databaseNow } from '../shared/clock.query';
import { lockRow } from '../shared/lock.query';
import { type Actor, type Tx } from '../shared/tx.types';
import { BookingEvents } from './booking-events.publisher';
import { type BookingRow, orderOfBooking, readBookingRow, updateBooking } from './booking.repository';

/** Turns a hold into a booking: the same row, so nothing can come between check and confirmation. */
@Injectable()
export class ConfirmBooking {
  constructor(
    private readonly events: BookingEvents,
    private readonly moveOrder: MoveOrder,
  ) {}

  /** @throws BusinessRuleException NOT_FOUND, HOLD_EXPIRED, ILLEGAL_TRANSITION */
  async run(tx: Tx, actor: Actor, id: string): Promise<BookingRow> {
    const { organizationId } = actor;
    const order = await lockOrder(tx, organizationId, await orderOfBooking(tx, organizationId, id));
    await lockRow(tx, 'booking', organizationId, id);
    const { state, expiresAt } = await readBookingRow(tx, organizationId, id);
    if (
      state === 'EXPIRED' ||
      (state === 'PRE_BOOKED' && expiresAt && expiresAt <= (await databaseNow(tx)))
    ) {
      throw new BusinessRuleException('HOLD_EXPIRED');
    }
    if (state !== 'PRE_BOOKED')
      throw new BusinessRuleException('ILLEGAL_TRANSITION', `The booking is ${state}`);
    const booking = await updateBooking(tx, { organizationId, id }, { state: 'CONFIRMED', expiresAt: null });
    const moved = await this.moveOrder.run(tx, actor, order, { to: 'SCHEDULED', who: 'BOOKING', reason: '' });
    await this.events.confirmed(tx, moved, booking);
    return booking;
  }
}
