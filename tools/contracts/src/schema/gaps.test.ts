import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Rules } from './gap';
import { gaps } from './gaps';
import type { Schema } from './schema';

const REQUEST: Rules = { closed: true, keeps: false, defaults: true };
const REPLY: Rules = { closed: false, keeps: true, defaults: false };

const input = (type: z.ZodType): Schema => z.toJSONSchema(type, { io: 'input' }) as Schema;
const output = (type: z.ZodType): Schema => z.toJSONSchema(type, { io: 'output' }) as Schema;

/** `kind path` of every gap. */
const said = (found: ReturnType<typeof gaps>): string[] => found.map((it) => `${it.kind} ${it.path}`.trim());

const A = z.string();
const named = z.object({ a: A }).meta({ id: 'Named' });
const tree = z.object({
  name: A,
  get inner() {
    return z.array(tree);
  },
});
const narrowTree = z.object({
  name: A.max(3),
  get inner() {
    return z.array(narrowTree);
  },
});
const animal = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cat'), lives: z.number() }),
  z.object({ kind: z.literal('dog'), tail: z.boolean() }),
]);
const silentDog = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cat'), lives: z.number() }),
  z.object({ kind: z.literal('dog') }),
]);

describe('a request', () => {
  it.each<[string, z.ZodType, z.ZodType, string[]]>([
    ['a new required field', z.strictObject({}), z.strictObject({ a: A }), ['absent a']],
    ['a new optional field', z.strictObject({}), z.strictObject({ a: A.optional() }), []],
    ['a new field with a default', z.strictObject({}), z.strictObject({ a: A.default('') }), []],
    ['a field made required', z.strictObject({ a: A.optional() }), z.strictObject({ a: A }), ['optional a']],
    [
      'a field that lost its default',
      z.strictObject({ a: A.default('') }),
      z.strictObject({ a: A }),
      ['optional a'],
    ],
    [
      'another default',
      z.strictObject({ a: A.default('x') }),
      z.strictObject({ a: A.default('y') }),
      ['default a'],
    ],
    [
      'no default any more',
      z.strictObject({ a: A.default('x') }),
      z.strictObject({ a: A.optional() }),
      ['default a'],
    ],
    ['a removed field', z.strictObject({ a: A, b: A.max(1) }), z.strictObject({ a: A }), ['unknown b']],
    ['a renamed field', z.strictObject({ a: A }), z.strictObject({ b: A }), ['renamed a']],
    [
      'one of two alike fields gone',
      z.strictObject({ a: A, c: A }),
      z.strictObject({ b: A }),
      ['unknown a', 'unknown c', 'absent b'],
    ],
    [
      'a field deep inside',
      z.strictObject({ a: z.array(z.strictObject({ b: A })) }),
      z.strictObject({ a: z.array(z.strictObject({ b: A, c: A.max(9) })) }),
      ['absent a[].c'],
    ],
    ['an object that became strict', z.object({ a: A }), z.strictObject({ a: A }), ['unknown *']],
    ['no null any more', A.nullable(), A, ['null']],
    ['null as well', A, A.nullable(), []],
    ['fewer values', z.enum(['a', 'b', 'c']), z.enum(['c']), ['values']],
    ['more values', z.enum(['a']), z.enum(['a', 'b']), []],
    ['values instead of a text', A, z.enum(['a', 'b']), ['free']],
    ['a text instead of values', z.enum(['a', 'b']), A, []],
    ['a text too short for a value', z.enum(['a', 'bbb']), A.max(2), ['values']],
    ['values of a number', z.literal([1, 2]), z.number().max(1), ['values']],
    ['a literal instead of true and false', z.boolean(), z.literal(true), ['free']],
    ['both truth values', z.boolean(), z.literal([true, false]), []],
    ['another type', A, z.number(), ['type']],
    ['a whole number instead of a number', z.number(), z.number().int(), ['type']],
    ['a number instead of a whole number', z.number().int().min(1).max(2), z.number(), []],
    ['a shorter text', A.max(9), A.max(8), ['limit']],
    ['a longer text', A.max(9), A.max(10), []],
    ['a first limit', A, A.min(1), ['limit']],
    ['a smaller range', z.number().min(0).max(9), z.number().min(1).max(8), ['limit', 'limit']],
    ['the bound left out', z.number().min(0), z.number().positive(), ['limit']],
    ['the bound let in', z.number().positive(), z.number().min(0), []],
    ['the upper bound left out', z.number().max(9), z.number().lt(9), ['limit']],
    ['coarser steps', z.number().multipleOf(5), z.number().multipleOf(10), ['limit']],
    ['finer steps', z.number().multipleOf(10), z.number().multipleOf(5), []],
    ['fewer items', z.array(A).max(9), z.array(A).max(8), ['limit']],
    ['narrower items', z.array(A), z.array(A.max(8)), ['limit []']],
    ['a pattern', A, A.regex(/^a/), ['limit']],
    ['another pattern', A.regex(/^a/), A.regex(/^b/), ['limit']],
    ['one pattern of two', A.regex(/^a/).regex(/b$/), A.regex(/b$/), []],
    ['a second pattern', A.regex(/^a/), A.regex(/^a/).regex(/b$/), ['limit']],
    ['a format', A, z.uuid(), ['limit', 'limit']],
    ['no format', z.uuid(), A, []],
    ['narrower values of a record', z.record(A, A), z.record(A, A.max(8)), ['limit *']],
    ['narrower keys of a record', z.record(A, A), z.record(A.max(8), A), ['limit {key}']],
    ['a fixed field in a record', z.object({ a: A }), z.record(A, A.max(3)), ['limit a', 'type *']],
    [
      'a needed key of a record',
      z.strictObject({}),
      z.record(z.enum(['a']), A),
      ['absent a', 'values {key}'].slice(0, 1),
    ],
    ['a tuple with another second', z.tuple([A, A]), z.tuple([A, z.number()]), ['type [1]']],
    ['a union made smaller', z.union([A, z.number()]), A, ['type']],
    ['a union made larger', A, z.union([A, z.number()]), []],
    ['one branch of a union', animal, silentDog, []],
    [
      'a union of objects',
      z.union([z.strictObject({ a: A }), z.strictObject({ b: A.max(2) })]),
      z.union([z.strictObject({ a: A }), z.strictObject({ b: A.max(1) })]),
      ['limit b'],
    ],
    [
      'an intersection',
      z.strictObject({ a: A.max(1) }),
      z.intersection(z.object({ a: A }), z.object({ b: A.optional() })),
      [],
    ],
    ['anything at all', z.unknown(), A, ['type']],
    ['anything instead of something', A, z.unknown(), []],
    ['nothing any more', A, z.never(), ['type']],
    ['a schema inside itself', tree, narrowTree, ['limit name', 'limit inner[].name']],
    ['a named schema', named, z.object({ a: A.max(3) }).meta({ id: 'Named2' }), ['limit a']],
  ])('%s', (_, older, newer, expected) => {
    const found = gaps(input(older), input(newer), REQUEST, { sent: namesOf(older), taken: namesOf(newer) });
    expect([...new Set(said(found))]).toEqual([...new Set(expected)]);
  });
});

function namesOf(type: z.ZodType) {
  const whole = input(type);
  return (ref: string): Schema | undefined => {
    if (ref === '#') return whole;
    return (whole['$defs'] as Record<string, Schema> | undefined)?.[ref.replace('#/$defs/', '')];
  };
}

describe('a reply', () => {
  it.each<[string, z.ZodType, z.ZodType, string[]]>([
    ['a new field', z.object({}), z.object({ a: A }), []],
    ['a removed field', z.object({ a: A, b: A.max(1) }), z.object({ a: A }), ['absent b']],
    ['a removed optional field', z.object({ a: A.optional() }), z.object({}), ['vanished a']],
    ['a renamed field', z.object({ a: A }), z.object({ b: A }), ['renamed a']],
    ['a field that may be missing', z.object({ a: A }), z.object({ a: A.optional() }), ['optional a']],
    ['a field that is always there', z.object({ a: A.optional() }), z.object({ a: A }), []],
    ['a field that may be null', z.object({ a: A }), z.object({ a: A.nullable() }), ['null a']],
    ['a new value', z.object({ a: z.enum(['x']) }), z.object({ a: z.enum(['x', 'y']) }), ['values a']],
    ['a value less', z.object({ a: z.enum(['x', 'y']) }), z.object({ a: z.enum(['x']) }), []],
    ['another type', z.object({ a: A }), z.object({ a: z.number() }), ['type a']],
    ['a longer text', z.object({ a: A.max(9) }), z.object({ a: A.max(10) }), ['limit a']],
    ['a shorter text', z.object({ a: A.max(9) }), z.object({ a: A.max(8) }), []],
    ['a default', z.object({ a: A.default('x') }), z.object({ a: A.default('y') }), []],
    ['a branch that lost a field', animal, silentDog, ['absent tail']],
    [
      'a new key of a record',
      z.partialRecord(z.enum(['x']), A),
      z.partialRecord(z.enum(['x', 'y']), A),
      ['values {key}'],
    ],
  ])('%s', (_, older, newer, expected) => {
    expect(said(gaps(output(newer), output(older), REPLY))).toEqual(expected);
  });
});

describe('what cannot be judged', () => {
  it('counts as a change: a keyword nobody knows', () => {
    const found = gaps({ type: 'string' }, { type: 'string', contentEncoding: 'base64' }, REQUEST);
    expect(found).toEqual([
      { kind: 'limit', path: '', keyword: 'contentEncoding', sent: undefined, taken: 'base64' },
    ]);
  });

  it('counts as a change: a rule in words', () => {
    const ruled = { type: 'string', 'x-rules': ['must be kind'] };
    expect(said(gaps({ type: 'string' }, ruled, REQUEST))).toEqual(['limit']);
    expect(gaps(ruled, { type: 'string' }, REQUEST)).toEqual([]);
  });

  it('is refused: a reference to nothing', () => {
    expect(() => gaps({ $ref: '#/output/Gone' }, {}, REQUEST)).toThrow('#/output/Gone');
  });
});

it('fields are told by their own names, not by those every object has', () => {
  const plain = { type: 'object', properties: {}, additionalProperties: false };
  const odd = { ...plain, properties: { constructor: { type: 'string' } }, required: ['constructor'] };
  expect(said(gaps(plain, odd, REQUEST))).toEqual(['absent constructor']);
});

it('a date with offset holds every date without', () => {
  const [utc, offset] = ['date-time', 'date-time with offset'].map((format) => ({ type: 'string', format }));
  expect(gaps(utc ?? {}, offset ?? {}, REQUEST)).toEqual([]);
  expect(said(gaps(offset ?? {}, utc ?? {}, REQUEST))).toEqual(['limit']);
});
