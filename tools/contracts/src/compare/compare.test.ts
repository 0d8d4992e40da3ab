import { describe, expect, it } from '@jest/globals';
import * as contracts from '@orion/contracts';
import { z } from 'zod';
import type { Catalogue, EndpointEntry } from '../catalogue/catalogue';
import { takeCatalogue } from '../catalogue/take-catalogue';
import { compare } from './compare';
import { changes, door, T } from './test-entries';

const Named = z.object({ id: z.string(), at: z.string().nullable() }).meta({ id: 'CompareNamed' });

describe('a schema in many places', () => {
  const entries = (reply: z.ZodType) => ({
    read: door({ id: 'notes.read', method: 'GET', input: {}, path: '/notes', reply }),
    list: door({
      id: 'notes.list',
      method: 'GET',
      input: {},
      path: '/list',
      reply: z.object({ items: z.array(reply) }),
    }),
  });

  it('is one change where it has a name', () => {
    const older = takeCatalogue(entries(Named));
    const newer = structuredClone(older);
    newer.output['CompareNamed'] = {
      type: 'object',
      properties: { id: { type: 'string' } },
      required: ['id'],
    };
    expect(compare(older, newer)).toEqual([
      {
        subject: 'endpoint',
        breaking: true,
        entries: ['notes.list', 'notes.read'],
        text: 'the field `at` of `CompareNamed` is gone',
        exports: ['list', 'read'],
        services: ['user'],
        webhooks: [],
      },
    ]);
  });

  it('is one change where it changes alike', () => {
    const two = (body: z.ZodType) => ({
      one: door({ id: 'a.one', input: { body } }),
      two: door({ id: 'a.two', path: '/two', input: { body } }),
    });
    const found = changes(two(z.strictObject({ a: T })), two(z.strictObject({ a: T.max(3) })));
    expect(found.map((it) => [it.entries, it.text])).toEqual([
      [
        ['a.one', 'a.two'],
        'the field `a` of the body has become narrower: its greatest length is 3 and was none',
      ],
    ]);
  });
});

it('error codes, permissions and roles', () => {
  const older = {
    it: door({ errors: ['NOT_FOUND'] }),
    ERRORS: { NOT_FOUND: { status: 404 }, OLD: { status: 400 } },
    PERMISSIONS: { 'customer.view': 'x' },
    SEEDED_ROLES: [{ id: 'viewer', permissions: ['a', 'b'] }],
  };
  const newer = {
    it: older.it,
    ERRORS: { NOT_FOUND: { status: 410 }, NEW: { status: 400 } },
    PERMISSIONS: { 'customer.see': 'x' },
    SEEDED_ROLES: [{ id: 'viewer', permissions: ['b', 'c'] }],
  };
  expect(
    changes(older, newer).map((it) => [it.breaking, it.entries[0], it.text, it.exports.slice(0, 1)]),
  ).toEqual([
    [false, 'NEW', 'is new', []],
    [true, 'NOT_FOUND', 'has the status 410 and had 404', ['it']],
    [false, 'OLD', 'is no longer used', []],
    [false, 'customer.see', 'is new', []],
    [true, 'customer.view', 'is gone', ['it']],
    [true, 'viewer', 'no longer grants "a"', ['SEEDED_ROLES']],
    [false, 'viewer', 'also grants "c"', ['SEEDED_ROLES']],
  ]);
});

describe('the contracts of today', () => {
  const today = takeCatalogue(contracts);
  const names = (text: string, field: string) => new RegExp(`[\`.]${field}\``).test(text);

  it('do not differ from themselves', () => {
    expect(compare(today, structuredClone(today))).toEqual([]);
  });

  /** A catalogue of one endpoint, so that all of them can be tried. */
  const alone = (id: string, endpoint: EndpointEntry): Catalogue => ({
    ...takeCatalogue({}),
    endpoints: { [id]: endpoint },
    input: today.input,
    output: today.output,
  });
  interface Shape {
    properties?: Record<string, unknown>;
    required?: string[];
  }
  const without = (shape: Shape | undefined, field: string): void => {
    Reflect.deleteProperty(shape?.properties ?? {}, field);
    if (shape?.required) shape.required = shape.required.filter((it) => it !== field);
  };
  const fieldsOf = (schema: object | undefined) =>
    Object.keys((schema as Shape | undefined)?.properties ?? {});

  it('break with every named field that is taken out of what is read', () => {
    for (const [name, schema] of Object.entries(today.output)) {
      const reply = { $ref: `#/output/${name}` };
      const older = alone('a.b', { ...(Object.values(today.endpoints)[0] as EndpointEntry), reply });
      for (const field of fieldsOf(schema)) {
        const newer = structuredClone(older);
        without(newer.output[name] as Shape, field);
        const found = compare(older, newer).filter((it) => it.breaking);
        expect(found.map((it) => [name, names(it.text, field)])).toEqual([[name, true]]);
      }
    }
  });

  it('break with every field of a body that is taken out or becomes required', () => {
    for (const [id, entry] of Object.entries(today.endpoints)) {
      const older = alone(id, entry);
      for (const field of fieldsOf(entry.body)) {
        const change = (edit: (body: Shape | undefined) => void) => {
          const newer = structuredClone(older);
          edit(newer.endpoints[id]?.body as Shape | undefined);
          return compare(older, newer).filter((it) => it.breaking && names(it.text, field));
        };
        expect([id, field, change((it) => without(it, field)).length]).toEqual([id, field, 1]);
        const optional = !((entry.body as Shape).required ?? []).includes(field);
        const needed = change((it) => it && (it.required = [...(it.required ?? []), field]));
        expect([id, field, needed.length]).toEqual([id, field, optional ? 1 : 0]);
      }
    }
  });
});
