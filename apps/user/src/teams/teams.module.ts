import { Module } from '@nestjs/common';
import { RecordsModule } from '../records.module';
import { ChangeTeam } from './change-team.use-case';
import { TeamController } from './team.controller';
import { TeamRepository } from './team.repository';

@Module({
  imports: [RecordsModule],
  controllers: [TeamController],
  providers: [TeamRepository, ChangeTeam],
})
export class TeamsModule {}
