import { Module } from '@nestjs/common';
import { BookingsModule } from '../calendar/bookings.module';
import { Records } from '../shared/records.publisher';
import { ChangeOrder } from './change-order.use-case';
import { CreateOrder } from './create-order.use-case';
import { MoveOrder } from './move-order.use-case';
import { ReadOrder } from './read-order.use-case';
import { ServiceOrderController } from './service-order.controller';
import { TransitionOrder } from './transition-order.use-case';

@Module({
  imports: [BookingsModule],
  controllers: [ServiceOrderController],
  providers: [CreateOrder, ChangeOrder, ReadOrder, TransitionOrder, MoveOrder, Records],
  exports: [MoveOrder],
})
export class ServiceOrdersModule {}
