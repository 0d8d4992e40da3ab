import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { reason } from './reasons';

const said = (schema: z.ZodType, value: unknown): string | undefined =>
  schema.safeParse(value, { error: reason }).error?.issues[0]?.message;

describe('why a value is refused', () => {
  it.each<[z.ZodType, unknown, string]>([
    [z.object({ a: z.string() }), {}, 'is required'],
    [z.object({ a: z.enum(['x', 'y']) }), {}, 'is required'],
    [z.string(), 1, 'must be a text'],
    [z.number(), 'x', 'must be a number'],
    [z.coerce.number(), 'x', 'must be a number'],
    [z.number().int(), 1.5, 'must be a whole number'],
    [z.boolean(), 'yes', 'must be true or false'],
    [z.array(z.string()), {}, 'must be a list'],
    [z.strictObject({}), [], 'must be an object'],
    [z.bigint(), 1, 'must be bigint'],
    [z.string().min(1), '', 'may not be empty'],
    [z.string().min(12), 'short', 'must have at least 12 characters'],
    [z.string().max(3), 'long', 'must have at most 3 characters'],
    [z.array(z.string()).min(2), [], 'must have at least 2 items'],
    [z.array(z.string()).max(0), ['x'], 'must have at most 0 items'],
    [z.number().min(1), 0, 'must be at least 1'],
    [z.number().max(200), 201, 'must be at most 200'],
    [z.number().multipleOf(15), 20, 'must be a multiple of 15'],
    [z.uuid(), 'x', 'must be a UUID'],
    [z.email(), 'x', 'must be an e-mail address'],
    [z.iso.datetime(), 'x', 'must be a time as RFC 3339, such as 2026-11-21T08:00:00Z'],
    [z.iso.date(), 'x', 'must be a date as YYYY-MM-DD'],
    [z.enum(['x', 'y']), 'z', 'must be one of x, y'],
    [z.literal(true), false, 'must be true'],
  ])('%#', (schema, value, expected) => {
    expect(said(schema, value)).toBe(expected);
  });

  it('is in the schema’s own words where it has some', () => {
    expect(said(z.string().regex(/^a$/, 'must be the letter a'), 'b')).toBe('must be the letter a');
    expect(said(z.string().min(12, 'is too easy'), 'b')).toBe('is too easy');
    expect(
      said(
        z.string().refine(() => false, 'is wrong'),
        'b',
      ),
    ).toBe('is wrong');
    expect(said(z.string().regex(/^a$/), 'b')).toMatch(/pattern/);
  });
});
