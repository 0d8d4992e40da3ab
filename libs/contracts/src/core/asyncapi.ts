import { z } from 'zod';
import { type EventContract, FullEnvelope, producerOf, routingKey } from './event';
import { type Json, jsonSchemaOptions, schemaWriter } from './json-schema';

const EXCHANGE = { name: 'orion.events', type: 'topic', durable: true, autoDelete: false, vhost: '/' };

const SCHEMAS = '#/components/schemas/';

/** `x.y.z` → `#/channels/x.y.z`; dots need no escape in a JSON pointer. */
const channelRef = (key: string): Json => ({ $ref: `#/channels/${key}` });

const sourceOf = (type: string): string => `/orion/${producerOf(type)}`;

function message(contract: EventContract): Json {
  const key = routingKey(contract.type);
  return {
    name: contract.type,
    title: contract.summary,
    contentType: 'application/cloudevents+json',
    correlationId: { location: '$message.payload#/correlationid' },
    payload: {
      allOf: [
        { $ref: `${SCHEMAS}EventEnvelope` },
        {
          type: 'object',
          properties: {
            type: { const: contract.type },
            source: { const: sourceOf(contract.type) },
            data: { $ref: SCHEMAS + key },
          },
          required: ['type', 'source', 'data'],
        },
      ],
    },
    'x-producer': producerOf(contract.type),
    ...(contract.webhook ? { 'x-webhook': contract.webhook.type } : {}),
  };
}

const channel = (contract: EventContract): Json => {
  const key = routingKey(contract.type);
  return {
    address: key,
    summary: contract.summary,
    messages: { event: { $ref: `#/components/messages/${key}` } },
    bindings: { amqp: { is: 'routingKey', exchange: EXCHANGE } },
  };
};

/** What the producer does, and what anybody else may do, with the one message of a channel. */
function operations(contract: EventContract): [string, Json][] {
  const key = routingKey(contract.type);
  const shared = {
    channel: channelRef(key),
    messages: [{ $ref: `#/channels/${key}/messages/event` }],
    tags: [{ name: producerOf(contract.type) }],
  };
  return [
    [`${key}.send`, { action: 'send', summary: `Published by ${producerOf(contract.type)}`, ...shared }],
    [`${key}.receive`, { action: 'receive', summary: 'Heard by any service that asks for it', ...shared }],
  ];
}

/** AsyncAPI 3.0 document of the given events, in a stable order. */
export function asyncapi(
  events: readonly EventContract[],
  info: { title: string; version: string; description?: string },
): Json {
  const sorted = [...events].sort((a, b) => a.type.localeCompare(b.type));
  const { schema, collected } = schemaWriter('output', SCHEMAS, 'draft-7');
  const each = (make: (it: EventContract) => Json): Record<string, Json> =>
    Object.fromEntries(sorted.map((it) => [routingKey(it.type), make(it)]));
  const data = each((it) => schema(it.data));
  return {
    asyncapi: '3.0.0',
    info: { ...info, tags: [...new Set(sorted.map((it) => producerOf(it.type)))].map((name) => ({ name })) },
    defaultContentType: 'application/cloudevents+json',
    channels: each(channel),
    operations: Object.fromEntries(sorted.flatMap(operations)),
    components: {
      messages: each(message),
      schemas: { EventEnvelope: schema(FullEnvelope), ...data, ...collected },
    },
  };
}

/** JSON Schema (2020-12) of a whole message of one event, complete in itself. */
export function eventSchema(contract: EventContract): Json {
  const { type, summary, webhook, data } = contract;
  const envelope = FullEnvelope.extend({
    type: z.literal(type),
    source: z.literal(sourceOf(type)),
    data,
  }).meta({ title: type, description: summary, ...(webhook ? { 'x-webhook': webhook.type } : {}) });
  return z.toJSONSchema(envelope, jsonSchemaOptions('output', 'draft-2020-12')) as Json;
}
