import { Module } from '@nestjs/common';
import { BookingEvents } from './booking-events.publisher';
import { ReleaseBooking } from './release-booking.use-case';

/** What service orders and the calendar both need of bookings. */
@Module({ providers: [BookingEvents, ReleaseBooking], exports: [BookingEvents, ReleaseBooking] })
export class BookingsModule {}
