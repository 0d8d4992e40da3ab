import { Module } from '@nestjs/common';
import { ActivityFeed } from './activity-feed.service';
import { ActivityConsumer } from './activity.consumer';
import { ActivityController } from './activity.controller';
import { ActivityRepository } from './activity.repository';

@Module({
  controllers: [ActivityController],
  providers: [ActivityConsumer, ActivityFeed, ActivityRepository],
  exports: [ActivityRepository, ActivityConsumer],
})
export class ActivityModule {}
