import { describe, expect, it } from '@jest/globals';
import type { z } from 'zod';
import {
  Address,
  Attributes,
  Code,
  CountryCode,
  Email,
  LocalDate,
  LocalTime,
  Name,
  page,
  PageQuery,
  Place,
  Problem,
  Timestamp,
} from '../index';

const accepts = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success;

describe('primitives', () => {
  it.each<[string, z.ZodType, unknown[], unknown[]]>([
    [
      'a timestamp',
      Timestamp,
      ['2026-11-21T08:00:00Z', '2026-11-21T08:00:00.123+01:00'],
      ['2026-11-21', '2026-11-21T08:00:00', '2026-02-30T00:00:00Z', 1],
    ],
    ['a date', LocalDate, ['2028-02-29'], ['2026-02-29', '21.11.2026', '']],
    ['a time of day', LocalTime, ['00:00', '23:59', '24:00'], ['24:01', '8:00', '12:60']],
    ['an e-mail', Email, ['a@example.org'], ['a', `${'a'.repeat(250)}@example.org`]],
    ['a name', Name, ['x', ' x '], ['', '   ', 'x'.repeat(201)]],
    ['a code', Code, ['Lyon-1', 'a.b:c_d'], ['', 'a b', 'ü']],
    ['a country', CountryCode, ['FR'], ['fr', 'FRA']],
    [
      'a place',
      Place,
      [{ latitude: 90, longitude: -180 }],
      [{ latitude: 91, longitude: 0 }, { latitude: 0 }],
    ],
    [
      'attributes',
      Attributes,
      [{}, { a: 'x', b: 1, c: true }],
      [{ a: {} }, { a: 'x'.repeat(501) }, { ['k'.repeat(65)]: 1 }],
    ],
  ])('%s', (_, schema, good, bad) => {
    for (const value of good) expect([value, accepts(schema, value)]).toEqual([value, true]);
    for (const value of bad) expect([value, accepts(schema, value)]).toEqual([value, false]);
  });

  it('an address needs a country and a place only', () => {
    const address = { country: 'FR', place: { latitude: 45, longitude: 5 } };
    expect(Address.parse(address)).toEqual({ ...address, street: '', postalCode: '', city: '' });
  });

  it('attributes are at most fifty', () => {
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, i]));
    expect([accepts(Attributes, many(50)), accepts(Attributes, many(51))]).toEqual([true, false]);
  });
});

describe('pages', () => {
  it('are of fifty unless the caller says otherwise, and of two hundred at most', () => {
    expect(PageQuery.parse({})).toEqual({ limit: 50 });
    expect(PageQuery.parse({ limit: '10', cursor: 'x' })).toEqual({ limit: 10, cursor: 'x' });
    for (const limit of ['0', '201', 'x', '1.5']) expect(accepts(PageQuery, { limit })).toBe(false);
  });

  it('end with null', () => {
    expect(accepts(page(Name), { items: ['a'], nextCursor: null })).toBe(true);
    expect(accepts(page(Name), { items: ['a'] })).toBe(false);
  });
});

describe('a problem document', () => {
  it('keeps members of its own', () => {
    const problem = { type: 't', title: 'T', status: 409, code: 'CONFLICT', lockedBy: 'x' };
    expect(Problem.parse(problem)).toEqual(problem);
  });
});
