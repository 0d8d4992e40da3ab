import type { ServiceOptions } from '@orion/service';
import { setUpDocs } from './docs/docs.setup';
import { gatewayConfig } from './gateway.config';
import { GatewayModule } from './gateway.module';
import { FrontDoor } from './routing/front-door.service';
import { setUpRouting } from './routing/routing.setup';
import { setUpWeb, WEB_HEADERS } from './web/web.setup';

/** The gateway, complete; `main.ts` and the tests run it. */
export const gateway: ServiceOptions<typeof gatewayConfig> = {
  name: 'gateway',
  config: gatewayConfig,
  module: (config) => GatewayModule.forService(config),
  helmet: WEB_HEADERS,
  front: (app) => app.get(FrontDoor).take,
  beforeListen: (app, config) => {
    setUpRouting(app, config);
    setUpDocs(app);
    setUpWeb(app, config.WEB_ROOT);
  },
};
