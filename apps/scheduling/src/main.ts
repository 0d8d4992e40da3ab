import { runService } from '@orion/service';
import { schedulingConfig } from './scheduling.config';
import { SchedulingModule } from './scheduling.module';

void runService({
  name: 'scheduling',
  module: (config) => SchedulingModule.with(config),
  config: schedulingConfig,
});
