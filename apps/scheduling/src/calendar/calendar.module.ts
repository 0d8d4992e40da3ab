import { Module } from '@nestjs/common';
import { JobsModule } from '@orion/database';
import { ServiceOrdersModule } from '../service-orders/service-orders.module';
import { BookingsModule } from './bookings.module';
import { CalendarController } from './calendar.controller';
import { CancelBooking } from './cancel-booking.use-case';
import { ConfirmBooking } from './confirm-booking.use-case';
import { EndHold } from './end-hold.use-case';
import { ExpireHolds } from './expire-holds.job';
import { HoldSlot } from './hold-slot.use-case';
import { SearchAvailability } from './search-availability.use-case';

@Module({
  imports: [BookingsModule, ServiceOrdersModule, JobsModule.register([ExpireHolds])],
  controllers: [CalendarController],
  providers: [SearchAvailability, HoldSlot, ConfirmBooking, CancelBooking, EndHold, ExpireHolds],
})
export class CalendarModule {}
