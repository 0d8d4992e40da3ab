import released from '../released/version.json';
import { ENDPOINTS, EVENTS } from './catalogue';
import { asyncapi } from './core/asyncapi';
import type { Json } from './core/json-schema';
import { openapi } from './core/openapi';

/** Version of the contracts as last released. */
export const CONTRACTS_VERSION: string = released.version;

/** The whole API as OpenAPI 3.1. */
export const openapiDocument = (version = CONTRACTS_VERSION): Json =>
  openapi(ENDPOINTS, {
    title: 'Orion API',
    version,
    description:
      'Field service platform. Errors are problem documents (RFC 9457); lists page by cursor; calls that take an ' +
      '`Idempotency-Key` can be repeated without a second effect. The events are described as AsyncAPI at ' +
      '[/api/events](/api/events).',
  });

/** Every event as AsyncAPI 3.0. */
export const asyncapiDocument = (version = CONTRACTS_VERSION): Json =>
  asyncapi(EVENTS, {
    title: 'Orion events',
    version,
    description:
      'Every event of the platform, as CloudEvents 1.0 on a RabbitMQ topic exchange. Delivered at least once: take each ' +
      '`id` once. Those with `x-webhook` also go to webhook subscribers, in an envelope of their own ' +
      '(`GET /api/v1/admin/webhooks/event-types`). The JSON Schema of one event stands at `/api/events/<type>`.',
  });
