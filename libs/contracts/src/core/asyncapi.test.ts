import specs from '@asyncapi/specs';
import { describe, expect, it } from '@jest/globals';
import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { z } from 'zod';
import { asyncapi, asyncapiDocument, bookingHeld, event, EVENTS, eventSchema, routingKey } from '../index';

type Json = Record<string, unknown>;

interface Document {
  info: Json;
  channels: Record<string, { address: string; messages: Record<string, Json> }>;
  operations: Record<string, { action: string; tags: { name: string }[] }>;
  components: { messages: Record<string, Json & { payload: Json }>; schemas: Record<string, Json> };
}

const official = (document: unknown): unknown => {
  const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
  const valid = ajv.compile(specs.schemasWithoutId['3.0.0'] as unknown as Json);
  return valid(document) ? [] : valid.errors;
};

const ID = '0198a3b0-0000-7000-8000-000000000001';
const NOW = '2026-11-21T08:00:00.000Z';

const held = {
  specversion: '1.0',
  id: ID,
  source: '/orion/scheduling',
  type: bookingHeld.type,
  time: NOW,
  subject: ID,
  datacontenttype: 'application/json',
  organizationid: ID,
  correlationid: 'corr-0001',
  sequence: 1,
  data: {
    bookingId: ID,
    technicianId: ID,
    technicianName: 'Ada',
    startsAt: NOW,
    endsAt: NOW,
    expiresAt: NOW,
    job: {
      serviceOrderId: ID,
      number: '1',
      kind: 'REPAIR',
      title: 'x',
      address: 'x',
      timezone: 'Europe/Paris',
    },
    customer: { id: ID, name: 'Bo', email: null, language: 'en' },
  },
};
const broken: [string, unknown][] = [
  ['another type', { ...held, type: 'orion.scheduling.booking.moved.v1' }],
  ['another producer', { ...held, source: '/orion/auth' }],
  ['no sequence', { ...held, sequence: undefined }],
  ['no data', { ...held, data: undefined }],
  ['data without a field', { ...held, data: { ...held.data, expiresAt: undefined } }],
  ['data with a wrong field', { ...held, data: { ...held.data, bookingId: 'x' } }],
];
const onWire = (message: unknown): unknown => JSON.parse(JSON.stringify(message));

describe('the document of events', () => {
  const document = asyncapiDocument() as unknown as Document;
  const keys = EVENTS.map((it) => routingKey(it.type)).sort();

  it('is AsyncAPI 3.0 by the official schema', () => {
    expect(official(document)).toEqual([]);
    expect(official({ ...document, channels: { x: { addres: 'x' } } })).not.toEqual([]);
  });

  it('has a channel for each event at its routing key, which its producer sends and others receive', () => {
    expect(Object.keys(document.channels).sort()).toEqual(keys);
    for (const [key, { address, messages }] of Object.entries(document.channels)) {
      expect(address).toBe(key);
      expect(messages).toEqual({ event: { $ref: `#/components/messages/${key}` } });
      const [send, receive] = [document.operations[`${key}.send`], document.operations[`${key}.receive`]];
      expect([send?.action, receive?.action]).toEqual(['send', 'receive']);
      expect(send?.tags).toEqual([{ name: key.split('.')[0] }]);
    }
    expect(Object.keys(document.operations)).toHaveLength(2 * keys.length);
  });

  it('names the webhook of a public event, and of no other', () => {
    const told = Object.values(document.components.messages).map((it) => [it['name'], it['x-webhook']]);
    expect(new Map(told as [string, unknown][])).toEqual(
      new Map(EVENTS.map((it) => [it.type, it.webhook?.type])),
    );
  });

  it('refers only to what it holds', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map((it) => it[1] ?? '');
    const at = (path: string): unknown =>
      path.split('/').reduce<unknown>((node, name) => (node as Json | undefined)?.[name], document);
    expect(refs.length).toBeGreaterThan(100);
    expect(refs.filter((path) => at(path) === undefined)).toEqual([]);
  });

  it('is the same whatever the order of the events', () => {
    const info = { title: 'x', version: '1.0.0' };
    expect(JSON.stringify(asyncapi([...EVENTS].reverse(), info))).toBe(
      JSON.stringify(asyncapi(EVENTS, info)),
    );
  });

  it('keeps named schemas once', () => {
    const Named = z.object({ a: z.string() }).meta({ id: 'Named' });
    const type = 'orion.user.thing.happened.v1';
    const own = event({ type, summary: 'Something', data: z.object({ one: Named, two: Named }) });
    const { components } = asyncapi([own], { title: 'x', version: '1' }) as unknown as Document;
    expect(components.schemas['Named']).toMatchObject({ type: 'object', required: ['a'] });
    expect(components.schemas[routingKey(type)]).toMatchObject({
      properties: {
        one: { $ref: '#/components/schemas/Named' },
        two: { $ref: '#/components/schemas/Named' },
      },
    });
    expect(official(asyncapi([own], { title: 'x', version: '1' }))).toEqual([]);
  });

  it('takes the messages that are sent, and no others', () => {
    const ajv = addFormats(new Ajv({ strict: false }));
    ajv.addSchema({ $id: 'document', ...document });
    const accepts = ajv.compile({
      $ref: `document#/components/messages/${routingKey(bookingHeld.type)}/payload`,
    });
    expect([accepts(onWire(held)), accepts.errors]).toEqual([true, null]);
    for (const [name, message] of broken) expect([name, accepts(onWire(message))]).toEqual([name, false]);
  });
});

describe('the schema of one event', () => {
  const accepts = addFormats(new Ajv2020({ strict: false })).compile(eventSchema(bookingHeld));

  it('takes the messages that are sent, with fields of the future', () => {
    expect([accepts(onWire(held)), accepts.errors]).toEqual([true, null]);
    expect(accepts(onWire({ ...held, data: { ...held.data, later: 1 }, later: 1 }))).toBe(true);
  });

  it.each(broken)('refuses %s', (_, message) => {
    expect(accepts(onWire(message))).toBe(false);
  });

  it.each(EVENTS.map((it) => [it.type, it] as const))('%s is complete in itself', (_, contract) => {
    expect(() => addFormats(new Ajv2020({ strict: false })).compile(eventSchema(contract))).not.toThrow();
    expect(eventSchema(contract)).toMatchObject({ title: contract.type, description: contract.summary });
  });
});
