import { Controller } from '@nestjs/common';
import {
  cancelBooking,
  confirmBooking,
  holdSlot,
  listBookings,
  type Out,
  readBooking,
  searchAvailability,
} from '@orion/contracts';
import { Database, pageOf } from '@orion/database';
import { type Call } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import { type PrismaClient } from '../generated/prisma/client';
import { byStart, listBookingRows } from './booking-list.repository';
import { bookingReply } from './booking.mapper';
import { readBookingRow } from './booking.repository';
import { CancelBooking } from './cancel-booking.use-case';
import { ConfirmBooking } from './confirm-booking.use-case';
import { HoldSlot } from './hold-slot.use-case';
import { SearchAvailability } from './search-availability.use-case';

@Controller()
export class CalendarController {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly availability: SearchAvailability,
    private readonly holdOne: HoldSlot,
    private readonly confirmOne: ConfirmBooking,
    private readonly cancelOne: CancelBooking,
  ) {}

  @Implements(searchAvailability)
  search(
    @TheCall() { principal, query }: Call<typeof searchAvailability>,
  ): Promise<Out<typeof searchAvailability>> {
    const { organizationId } = principal;
    return this.database.tenant(organizationId, (tx) => this.availability.run(tx, organizationId, query));
  }

  @Implements(holdSlot)
  hold(@TheCall() call: Call<typeof holdSlot>): Promise<Out<typeof holdSlot>> {
    return this.database.execute(call, (tx) => this.holdOne.run(tx, call.principal, call.body));
  }

  @Implements(confirmBooking)
  confirm(@TheCall() call: Call<typeof confirmBooking>): Promise<Out<typeof confirmBooking>> {
    return this.database.execute(call, async (tx) =>
      bookingReply(await this.confirmOne.run(tx, call.principal, call.params.id)),
    );
  }

  @Implements(cancelBooking)
  cancel(@TheCall() call: Call<typeof cancelBooking>): Promise<Out<typeof cancelBooking>> {
    return this.database.execute(call, async (tx) =>
      bookingReply(await this.cancelOne.run(tx, call.principal, call.params.id, call.body.reason)),
    );
  }

  @Implements(readBooking)
  read(@TheCall() { principal, params }: Call<typeof readBooking>): Promise<Out<typeof readBooking>> {
    const { organizationId } = principal;
    return this.database.tenant(organizationId, async (tx) =>
      bookingReply(await readBookingRow(tx, organizationId, params.id)),
    );
  }

  @Implements(listBookings)
  list(@TheCall() { principal, query }: Call<typeof listBookings>): Promise<Out<typeof listBookings>> {
    const { organizationId } = principal;
    return this.database.tenant(organizationId, async (tx) =>
      pageOf(await listBookingRows(tx, organizationId, query), query, byStart, bookingReply),
    );
  }
}
