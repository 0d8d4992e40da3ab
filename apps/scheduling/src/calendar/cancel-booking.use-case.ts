import { Injectable } from '@nestjs/common';
import { BusinessRuleException } from '@orion/problem';
import { MoveOrder } from '../service-orders/move-order.use-case';
import { lockOrder } from '../service-orders/service-order.repository';
import { type Actor, type Tx } from '../shared/tx.types';
import { type BookingRow, orderOfBooking, readBookingRow } from './booking.repository';
import { ReleaseBooking } from './release-booking.use-case';

@Injectable()
export class CancelBooking {
  constructor(
    private readonly moveOrder: MoveOrder,
    private readonly releaseBooking: ReleaseBooking,
  ) {}

  /** Releases a hold or booking; an order that was scheduled by it is CREATED again. @throws BusinessRuleException NOT_FOUND, ILLEGAL_TRANSITION */
  async run(tx: Tx, actor: Actor, id: string, reason: string): Promise<BookingRow> {
    const { organizationId } = actor;
    const order = await lockOrder(tx, organizationId, await orderOfBooking(tx, organizationId, id));
    const booking = await readBookingRow(tx, organizationId, id);
    if (!booking.active)
      throw new BusinessRuleException('ILLEGAL_TRANSITION', `The booking is ${booking.state}`);
    if (booking.state === 'CONFIRMED') {
      await this.moveOrder.run(tx, actor, order, { to: 'CREATED', who: 'BOOKING', reason });
    }
    return this.releaseBooking.run(tx, booking, reason);
  }
}
