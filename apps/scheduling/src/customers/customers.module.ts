import { Module } from '@nestjs/common';
import { CustomerController } from './customer.controller';
import { Records } from '../shared/records.publisher';

@Module({ controllers: [CustomerController], providers: [Records] })
export class CustomersModule {}
