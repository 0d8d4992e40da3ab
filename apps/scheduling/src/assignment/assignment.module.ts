import { Module } from '@nestjs/common';
import { BookingsModule } from '../calendar/bookings.module';
import { ServiceOrdersModule } from '../service-orders/service-orders.module';
import { AssignOrder } from './assign-order.use-case';
import { AssignmentController } from './assignment.controller';
import { TakeBooking } from './take-booking.use-case';

@Module({
  imports: [BookingsModule, ServiceOrdersModule],
  controllers: [AssignmentController],
  providers: [AssignOrder, TakeBooking],
})
export class AssignmentModule {}
