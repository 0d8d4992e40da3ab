import { describe, expect, it } from '@jest/globals';
import { slugOf, slugWithId } from './slug';

describe('slugOf', () => {
  it.each([
    ['Lyon Chauffage & Fils', 'lyon-chauffage-fils'],
    ['  Électricité—Générale  ', 'electricite-generale'],
    ['ACME', 'acme'],
    ['株式会社', 'organization'],
    ['---', 'organization'],
  ])('turns %j into %j', (name, slug) => expect(slugOf(name)).toBe(slug));

  it('never ends in a dash where it was cut', () => {
    const slug = slugOf(`${'a'.repeat(47)} b`);
    expect(slug).toBe('a'.repeat(47));
  });

  it('keeps the shape the database asks for, whatever the name', () => {
    for (const name of ['ß-ß', 'x'.repeat(200), '\u0301', 'ﬁne', 'a_b.c']) {
      expect(slugOf(name)).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    }
  });
});

describe('slugWithId', () => {
  it('adds the random end of the id', () => {
    expect(slugWithId('acme', '019a0000-0000-7000-8000-0123456789ab')).toBe('acme-23456789ab');
  });
});
