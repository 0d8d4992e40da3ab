import type { INestApplication } from '@nestjs/common';
import type { GatewayConfig } from '../gateway.config';
import { compress, crossOrigin } from './connect.http';
import { Door } from './door.service';

/** Puts the door before everything the gateway serves itself. */
export function setUpRouting(app: INestApplication, config: GatewayConfig): void {
  const door = app.get(Door);
  app.use(door.identify);
  app.use(crossOrigin(config.CORS_ORIGINS));
  app.use(compress);
  app.use(door.enter);
}
