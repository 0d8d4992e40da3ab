import type { ServiceOptions } from '@orion/service';
import { userConfig } from './user.config';
import { UserModule } from './user.module';

/** The service, complete; `main.ts` and the tests run it. */
export const user: ServiceOptions<typeof userConfig> = {
  name: 'user',
  config: userConfig,
  module: (config) => UserModule.with(config),
};
