import { describe, expect, it } from '@jest/globals';
import Ajv from 'ajv';
import fc from 'fast-check';
import { gaps } from './gaps';
import type { Schema } from './schema';

const CLOSED = { closed: true, keeps: false, defaults: true };
const NAMES = ['a', 'b'];

/** `[least, most]` in order. */
const range = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })).map((it) => it.sort());

/** Objects name all their fields: what nobody names is taken to be sent by nobody. */
const { schema } = fc.letrec<{ schema: Schema; leaf: Schema }>((tie) => ({
  leaf: fc.oneof(
    range.map(([minLength, maxLength]) => ({ type: 'string', minLength, maxLength })),
    range.map(([minimum, maximum]) => ({ type: 'integer', minimum, maximum })),
    range.map(([minimum, exclusiveMaximum]) => ({
      type: 'number',
      minimum,
      exclusiveMaximum: Number(exclusiveMaximum) + 1,
    })),
    fc.subarray(['', 'x', 'yy', 1, 2, true, null], { minLength: 1 }).map((values) => ({ enum: values })),
    fc.constantFrom({ type: 'boolean' }, { type: ['string', 'null'] }, { type: 'null' }, {}),
  ),
  schema: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    tie('leaf'),
    fc.tuple(tie('schema'), range).map(([items, [minItems, maxItems]]) => ({
      type: 'array',
      items,
      minItems,
      maxItems,
    })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 2 }).map((anyOf) => ({ anyOf })),
    fc
      .record({
        properties: fc.record({ a: tie('schema'), b: tie('schema') }, { requiredKeys: [] }),
        wanted: fc.subarray(NAMES),
      })
      .map(({ properties, wanted }) => ({
        type: 'object',
        properties,
        required: wanted.filter((it) => it in properties),
        additionalProperties: false,
      })),
  ),
}));

const TEXTS = ['', 'x', 'yy', 'zzz'];
const NUMBERS = [0, 1, 1.5, 2, 2.5, 3];

/** Values that mostly keep to a schema. */
function samples(of: Schema): fc.Arbitrary<unknown> {
  if (Array.isArray(of['enum'])) return fc.constantFrom(...(of['enum'] as unknown[]));
  if (Array.isArray(of['anyOf'])) return fc.oneof(...(of['anyOf'] as Schema[]).map(samples));
  if (of['type'] === 'array') return fc.array(samples(of['items'] as Schema), { maxLength: 3 });
  if (of['type'] !== 'object') return fc.constantFrom(null, true, false, ...TEXTS, ...NUMBERS);
  const fields = Object.entries(of['properties'] as Record<string, Schema>);
  return fc.record(Object.fromEntries(fields.map(([name, it]) => [name, samples(it)])), { requiredKeys: [] });
}

const ajv = new Ajv({ strict: false, validateSchema: false });

/** A schema that takes everything another takes, and often more. */
function looser(one: Schema): Schema {
  const { minLength: _, maximum: __, required: ___, minItems: ____, ...rest } = one;
  return 'enum' in rest ? { anyOf: [rest, { type: 'boolean' }] } : rest;
}

describe('for any two schemas', () => {
  it('there is no gap between one and itself', () => {
    fc.assert(
      fc.property(schema, (one) => expect(gaps(one, one, CLOSED)).toEqual([])),
      { numRuns: 1_000 },
    );
  });

  it('there is no gap to one that takes more', () => {
    fc.assert(
      fc.property(schema, (one) => expect(gaps(one, looser(one), CLOSED)).toEqual([])),
      { numRuns: 500 },
    );
  });

  it('no gap means that every value of the first is one of the second', () => {
    const pairs = fc
      .tuple(schema, schema)
      .filter(([sent, taken]) => gaps(sent, taken, CLOSED).length === 0)
      .chain(([sent, taken]) =>
        fc.tuple(
          fc.constant(sent),
          fc.constant(taken),
          fc.array(samples(sent), { minLength: 20, maxLength: 20 }),
        ),
      );
    let tried = 0;
    fc.assert(
      fc.property(pairs, ([sent, taken, values]) => {
        const [sends, takes] = [ajv.compile(sent), ajv.compile(taken)];
        const those = values.filter((it) => sends(it));
        tried += those.length;
        expect(those.filter((it) => !takes(it))).toEqual([]);
      }),
      { numRuns: 200 },
    );
    expect(tried).toBeGreaterThan(500);
  });
});
