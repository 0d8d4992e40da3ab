import type { ServiceOptions } from '@orion/service';
import { authConfig } from './auth.config';
import { AuthModule } from './auth.module';

/** The service, complete; `main.ts` and the tests run it. */
export const auth: ServiceOptions<typeof authConfig> = {
  name: 'auth',
  config: authConfig,
  module: (config) => AuthModule.with(config),
};
