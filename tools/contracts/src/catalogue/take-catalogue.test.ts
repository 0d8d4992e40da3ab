import { describe, expect, it } from '@jest/globals';
import * as contracts from '@orion/contracts';
import { ENDPOINTS, endpoint, ERRORS, event, EVENTS, question, QUESTIONS } from '@orion/contracts';
import { z } from 'zod';
import { takeCatalogue } from './take-catalogue';

const taken = takeCatalogue(contracts);

describe('the catalogue of today', () => {
  it('holds every contract under the constant it is exported as', () => {
    expect(Object.keys(taken.endpoints)).toEqual(ENDPOINTS.map((it) => it.id).sort());
    expect(Object.keys(taken.events)).toEqual(EVENTS.map((it) => it.type).sort());
    expect(Object.keys(taken.questions)).toEqual(QUESTIONS.map((it) => it.pattern).sort());
    expect(taken.endpoints['calendar.hold']).toMatchObject({
      export: 'holdSlot',
      service: 'scheduling',
      method: 'POST',
      path: '/api/v1/calendar/bookings',
      access: 'booking.manage',
      idempotency: 'required',
      status: 201,
      reply: { $ref: '#/output/HeldBooking' },
    });
    expect(taken.errors['SLOT_TAKEN']).toBe(ERRORS.SLOT_TAKEN.status);
    expect(taken.roles['viewer']).toEqual(['agent.view', 'team.view']);
    expect(Object.keys(taken.shared)).toEqual(['EventEnvelope', 'Problem']);
  });

  it('is plain data, the same every time', () => {
    const text = JSON.stringify(taken);
    expect(JSON.parse(text)).toEqual(taken);
    expect(JSON.stringify(takeCatalogue(contracts))).toBe(text);
  });

  it('refers only to what it holds', () => {
    const refs = [...JSON.stringify(taken).matchAll(/"#\/(input|output)\/(\w+)"/g)];
    expect(refs.length).toBeGreaterThan(30);
    for (const [, io, name] of refs) expect(taken[io as 'input' | 'output']).toHaveProperty(name ?? '');
  });
});

describe('a schema in the catalogue', () => {
  const one = (input: z.ZodType, reply: z.ZodType = z.object({})) =>
    takeCatalogue({
      it: endpoint({
        id: 'a.b',
        service: 'user',
        method: 'POST',
        path: '/a',
        summary: 'x',
        access: 'public',
        input: { body: z.strictObject({ field: input }) },
        reply,
      }),
    }).endpoints['a.b'];
  const field = (type: z.ZodType) => (one(type)?.body?.['properties'] as Record<string, unknown>)['field'];

  it.each<[string, z.ZodType, unknown]>([
    [
      'no words for people',
      z.string().meta({ title: 'T', description: 'D', deprecated: true }),
      { type: 'string' },
    ],
    ['formats without the pattern zod has for them', z.uuid(), { type: 'string', format: 'uuid' }],
    ['times in UTC apart from those with offset', z.iso.datetime(), { type: 'string', format: 'date-time' }],
    [
      'times with offset',
      z.iso.datetime({ offset: true }),
      { type: 'string', format: 'date-time with offset' },
    ],
    ['patterns of our own', z.string().regex(/^a$/), { type: 'string', pattern: '^a$' }],
    ['no bounds that every whole number has', z.number().int(), { type: 'integer' }],
    ['bounds of our own', z.number().int().max(9), { type: 'integer', maximum: 9 }],
    ['defaults', z.string().default('x'), { type: 'string', default: 'x' }],
    [
      'rules it cannot hold, by their words',
      z
        .string()
        .refine(() => true, 'must be kind')
        .refine(() => true),
      { type: 'string', 'x-rules': ['a rule without words', 'must be kind'] },
    ],
  ])('has %s', (_, type, expected) => {
    expect(field(type)).toEqual(expected);
  });

  it('is closed where it is sent, and open where it is read', () => {
    const both = one(z.string(), z.object({ a: z.string().default('x') }));
    expect(both?.body).toHaveProperty('additionalProperties', false);
    expect(both?.reply).toEqual({
      type: 'object',
      properties: { a: { type: 'string' } },
      required: ['a'],
    });
  });

  it('with a name is held once, and may not share it with another', () => {
    const named = z.object({ a: z.string() }).meta({ id: 'Thing' });
    const entry = (name: string, reply: z.ZodType) =>
      endpoint({
        id: name,
        service: 'user',
        method: 'GET',
        path: `/${name}`,
        summary: 'x',
        access: 'public',
        reply,
      });
    const { endpoints, output } = takeCatalogue({ a: entry('a.a', named), b: entry('b.b', z.array(named)) });
    expect(output).toEqual({
      Thing: { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
    });
    expect(endpoints['b.b']?.reply).toEqual({ type: 'array', items: { $ref: '#/output/Thing' } });
    const other = z.object({ b: z.string() }).meta({ id: 'Thing' });
    expect(() => takeCatalogue({ a: entry('a.a', named), b: entry('b.b', other) })).toThrow('"Thing"');
  });
});

it('an answer without a body has no reply', () => {
  const gone = endpoint({
    id: 'a.b',
    service: 'user',
    method: 'DELETE',
    path: '/a',
    summary: 'x',
    access: 'public',
    status: 204,
    reply: z.undefined(),
  });
  expect(takeCatalogue({ gone }).endpoints['a.b']).not.toHaveProperty('reply');
});

it('an event with defaults is read as more than it is sent as', () => {
  const base = { type: 'orion.user.thing.happened.v1', summary: 'Something' };
  const plain = event({ ...base, data: z.object({ a: z.string() }) });
  const lenient = event({ ...base, data: z.object({ a: z.string().default('') }), webhook: { type: 'a.b' } });
  expect(takeCatalogue({ plain }).events[base.type]).not.toHaveProperty('reads');
  expect(takeCatalogue({ lenient }).events[base.type]).toMatchObject({
    export: 'lenient',
    webhook: 'a.b',
    data: { required: ['a'] },
    reads: { properties: { a: { default: '' } } },
  });
});

it('a question holds what is asked and what is answered', () => {
  const asked = question({
    pattern: 'user.thing',
    ask: z.strictObject({}),
    answer: z.object({ a: z.string() }),
  });
  expect(takeCatalogue({ asked }).questions['user.thing']).toMatchObject({
    export: 'asked',
    ask: { additionalProperties: false },
    answer: { required: ['a'] },
  });
});

it('an older module may lack parts', () => {
  expect(takeCatalogue({})).toMatchObject({
    endpoints: {},
    events: {},
    errors: {},
    permissions: [],
    roles: {},
    shared: {},
  });
});
