import type { INestApplication } from '@nestjs/common';
import compression from 'compression';
import cors from 'cors';
import type { GatewayConfig } from '../gateway.config';
import { Door } from './door.service';

const EXPOSED = [
  'Retry-After',
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'RateLimit-Policy',
  'X-Correlation-Id',
];

/** Puts the door before everything the gateway serves itself. */
export function setUpRouting(app: INestApplication, config: GatewayConfig): void {
  const door = app.get(Door);
  app.use(door.identify);
  app.use(
    cors({
      origin: config.CORS_ORIGINS.length > 0 ? config.CORS_ORIGINS : false,
      methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
      allowedHeaders: [
        'Authorization',
        'Content-Type',
        'Idempotency-Key',
        'Last-Event-ID',
        'X-Correlation-Id',
      ],
      exposedHeaders: EXPOSED,
      maxAge: 600,
      preflightContinue: true,
    }),
  );
  app.use(compression({ threshold: 1024 }));
  app.use(door.enter);
}
