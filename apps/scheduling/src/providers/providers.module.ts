import { Module } from '@nestjs/common';
import { ProviderController } from './provider.controller';
import { TechnicianController } from './technician.controller';
import { WorkTeamController } from './work-team.controller';

@Module({ controllers: [ProviderController, WorkTeamController, TechnicianController] })
export class ProvidersModule {}
