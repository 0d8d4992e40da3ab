import { Module } from '@nestjs/common';
import { ProviderController } from './provider.controller';
import { TechnicianController } from './technician.controller';
import { WorkTeamController } from './work-team.controller';
import { Records } from '../shared/records.publisher';

@Module({
  controllers: [ProviderController, WorkTeamController, TechnicianController],
  providers: [Records],
})
export class ProvidersModule {}
