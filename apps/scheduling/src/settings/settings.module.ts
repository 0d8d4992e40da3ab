import { Module } from '@nestjs/common';
import { BusinessUnitController } from './business-unit.controller';
import { Records } from '../shared/records.publisher';

@Module({ controllers: [BusinessUnitController], providers: [Records] })
export class SettingsModule {}
