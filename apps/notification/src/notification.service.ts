import type { ServiceOptions } from '@orion/service';
import { notificationConfig } from './notification.config';
import { NotificationModule } from './notification.module';

/** The service, complete; `main.ts` and the tests run it. */
export const notification: ServiceOptions<typeof notificationConfig> = {
  name: 'notification',
  config: notificationConfig,
  module: (config) => NotificationModule.forConfig(config),
};
