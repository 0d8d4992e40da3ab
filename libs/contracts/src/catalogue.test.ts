import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import {
  ALL_PERMISSIONS,
  ENDPOINTS,
  ERRORS,
  event,
  eventContract,
  EventEnvelope,
  EVENTS,
  eventsOf,
  pathOf,
  PLATFORM_ADMIN,
  problemType,
  producerOf,
  QUESTIONS,
  ROLE_IDS,
  routingKey,
  SEEDED_ROLES,
  WEBHOOK_EVENTS,
} from './index';
import * as everything from './index';

const sameTwice = (values: readonly string[]): string[] => values.filter((it, i) => values.indexOf(it) !== i);
const shapeOf = (path: string): string => path.replace(/:\w+/g, ':');

describe('endpoints', () => {
  it('are many, and each is found under one id and one place', () => {
    expect(ENDPOINTS.length).toBeGreaterThan(50);
    expect(sameTwice(ENDPOINTS.map((it) => it.id))).toEqual([]);
    expect(sameTwice(ENDPOINTS.map((it) => `${it.method} ${shapeOf(it.path)}`))).toEqual([]);
  });

  it('are all in the catalogue', () => {
    const exported = Object.values(everything as Record<string, unknown>).filter(
      (it) => typeof it === 'object' && it !== null && 'path' in it && 'method' in it && 'access' in it,
    );
    expect(exported.filter((it) => !(ENDPOINTS as readonly unknown[]).includes(it))).toEqual([]);
  });

  it.each(ENDPOINTS.map((it) => [it.id, it] as const))('%s is well formed', (_, it) => {
    expect(it.id).toMatch(/^[a-z][\w-]*(\.[a-z][\w-]*)+$/);
    expect(it.path).toMatch(/^(\/([a-z][a-z0-9-]*|:[a-zA-Z]\w*))+$/);
    expect(['public', 'authenticated', ...ALL_PERMISSIONS]).toContain(it.access);
    for (const code of it.errors) expect(ERRORS).toHaveProperty(code);
    const inPath = [...it.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
    const declared = it.input.params instanceof z.ZodObject ? Object.keys(it.input.params.shape) : [];
    expect(declared.sort()).toEqual(inPath.sort());
    if (it.method === 'GET')
      expect({ body: it.input.body, idempotency: it.idempotency }).toEqual({
        body: undefined,
        idempotency: 'none',
      });
    if (it.stream) expect(it.method).toBe('GET');
    if (it.access === 'public') expect(it.idempotency).toBe('none');
    if (it.status === 204) expect(it.reply.safeParse(undefined).success).toBe(true);
  });

  it.each(ENDPOINTS.map((it) => [it.id, it] as const))('%s refuses unknown fields', (_, { input }) => {
    for (const schema of Object.values(input) as z.ZodType[]) {
      const { error } = schema.safeParse({ 'never-known': 1 });
      expect(error?.issues.map((it) => it.code)).toContain('unrecognized_keys');
    }
  });
});

/** Fields of the strict objects inside a schema. */
function strictObjects(type: z.ZodType): string[] {
  const found: string[] = [];
  z.toJSONSchema(type, {
    io: 'output',
    unrepresentable: 'any',
    override: ({ zodSchema }) => {
      const { def } = zodSchema._zod;
      if (def.type === 'object' && def.catchall?._zod.def.type === 'never')
        found.push(Object.keys(def.shape).join());
    },
  });
  return found;
}

describe('what is read', () => {
  const read: [string, z.ZodType][] = [
    ...ENDPOINTS.map((it): [string, z.ZodType] => [it.id, it.reply]),
    ...EVENTS.map((it): [string, z.ZodType] => [it.type, it.data]),
    ...QUESTIONS.map((it): [string, z.ZodType] => [it.pattern, it.answer]),
  ];

  it.each(read)('%s leaves room to grow: nothing in it refuses a field of the future', (_, schema) => {
    expect(strictObjects(schema)).toEqual([]);
  });

  it('is told from what refuses them', () => {
    expect(strictObjects(z.array(z.object({ a: z.strictObject({ b: z.string(), c: z.string() }) })))).toEqual(
      ['b,c'],
    );
  });
});

describe('events', () => {
  it('have one contract each, all in the catalogue', () => {
    expect(sameTwice(EVENTS.map((it) => it.type))).toEqual([]);
    for (const it of EVENTS) {
      expect(eventContract(it.type)).toBe(it);
      expect(eventsOf(producerOf(it.type))).toContain(it);
      expect(it.summary.length).toBeGreaterThan(3);
    }
    expect(eventContract('orion.user.nothing.happened.v1')).toBeUndefined();
  });

  it('follow the grammar of the catalogue', () => {
    const make = (type: string) => () => event({ type, summary: 'x', data: z.object({}) });
    expect(make('orion.user.organization.created.v1')).not.toThrow();
    for (const type of [
      'orion.user.created.v1',
      'user.organization.created.v1',
      'orion.user.organization.created',
      'orion.other.a.b.v1',
      'orion.user.Organization.created.v1',
    ]) {
      expect(make(type)).toThrow(/must be orion\.<service>/);
    }
    expect(routingKey('orion.user.organization.created.v1')).toBe('user.organization.created.v1');
  });

  it('about one person or for the audit log alone are no webhooks', () => {
    for (const alone of [{ personal: true }, { audit: true }] as const) {
      const spec = { type: 'orion.user.a.b.v1', summary: 'x', data: z.object({}), webhook: { type: 'a.b' } };
      expect(() => event({ ...spec, ...alone })).toThrow('cannot be a webhook');
    }
  });

  it('that are public have one webhook name each', () => {
    const names = EVENTS.flatMap((it) => (it.webhook ? [it.webhook.type] : []));
    expect(sameTwice(names)).toEqual([]);
    for (const name of names) {
      expect(name).toMatch(/^[a-z][a-z_-]*\.[a-z][a-z_-]*$/);
      expect(WEBHOOK_EVENTS.get(name)?.webhook?.type).toBe(name);
    }
  });

  it('travel in an envelope of CloudEvents 1.0', () => {
    const envelope = {
      specversion: '1.0',
      id: '0198a3b0-0000-7000-8000-000000000001',
      source: 'orion/user',
      type: 'orion.user.organization.created.v1',
      time: '2026-11-21T08:00:00.000Z',
      subject: 'x',
      datacontenttype: 'application/json',
      data: {},
      organizationid: '0198a3b0-0000-7000-8000-000000000002',
      correlationid: 'corr-0001',
      sequence: 1,
    };
    expect(EventEnvelope.parse(envelope)).toEqual(envelope);
    for (const broken of [
      { sequence: 0 },
      { id: 'x' },
      { specversion: '0.3' },
      { organizationid: undefined },
    ]) {
      expect(EventEnvelope.safeParse({ ...envelope, ...broken }).success).toBe(false);
    }
  });
});

describe('roles', () => {
  it('grant only permissions there are', () => {
    for (const { permissions } of [...SEEDED_ROLES, PLATFORM_ADMIN]) {
      expect(permissions.filter((permission) => !ALL_PERMISSIONS.includes(permission))).toEqual([]);
      expect(sameTwice(permissions)).toEqual([]);
    }
    expect(sameTwice(ROLE_IDS)).toEqual([]);
  });

  it('leave running the installation to the platform admin alone', () => {
    expect(PLATFORM_ADMIN.permissions).toEqual(['platform.operate']);
    expect(SEEDED_ROLES.flatMap((it) => it.permissions)).not.toContain('platform.operate');
  });

  it('give the admin everything an organization may do', () => {
    expect(SEEDED_ROLES.find((it) => it.id === 'admin')?.permissions).toHaveLength(
      ALL_PERMISSIONS.length - 1,
    );
  });
});

describe('errors', () => {
  it('have a status of refusal and a title', () => {
    for (const [code, { status, title }] of Object.entries(ERRORS)) {
      expect(code).toMatch(/^[A-Z][A-Z_]+$/);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(title.length).toBeGreaterThan(5);
    }
    expect(problemType('SLOT_TAKEN')).toBe('https://orion.dev/problems/slot-taken');
  });
});

describe('pathOf', () => {
  const contract = { id: 'x', path: '/a/:id/b/:name' };

  it('fills the parameters in, encoded', () => {
    expect(pathOf(contract, { id: 7, name: 'a/b ü' })).toBe('/a/7/b/a%2Fb%20%C3%BC');
    expect(pathOf({ id: 'x', path: '/plain' })).toBe('/plain');
  });

  it('says which one is missing', () => {
    expect(() => pathOf(contract, { id: 7 })).toThrow('x: path parameter "name" is missing');
  });
});
