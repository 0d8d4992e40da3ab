import type { ServiceOptions } from '@orion/service';
import { schedulingConfig } from './scheduling.config';
import { SchedulingModule } from './scheduling.module';

/** The service, complete; `main.ts` and the tests run it. */
export const scheduling: ServiceOptions<typeof schedulingConfig> = {
  name: 'scheduling',
  config: schedulingConfig,
  module: (config) => SchedulingModule.with(config),
};
