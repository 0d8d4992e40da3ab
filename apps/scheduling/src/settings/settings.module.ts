import { Module } from '@nestjs/common';
import { BusinessUnitController } from './business-unit.controller';

@Module({ controllers: [BusinessUnitController] })
export class SettingsModule {}
