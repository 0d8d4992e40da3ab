import { Module } from '@nestjs/common';
import { ActivityModule } from '../activity/activity.module';
import { OverviewController } from './overview.controller';
import { ReadOverview } from './read-overview.use-case';

@Module({ imports: [ActivityModule], controllers: [OverviewController], providers: [ReadOverview] })
export class OverviewModule {}
