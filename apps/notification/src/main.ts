import 'reflect-metadata';
import { runService } from '@orion/service';
import { notificationConfig } from './notification.config';
import { NotificationModule } from './notification.module';

void runService({
  name: 'notification',
  config: notificationConfig,
  module: (config) => NotificationModule.forConfig(config),
});
