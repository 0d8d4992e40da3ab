import { describe, expect, it } from '@jest/globals';
import { isKebab, isReserved, pluralOf, sentence, singularOf, withArticle, wordsOf } from './words';

describe('words', () => {
  it('are written in every way', () => {
    expect(wordsOf('spare-part')).toEqual({
      kebab: 'spare-part',
      camel: 'sparePart',
      pascal: 'SparePart',
      snake: 'spare_part',
      text: 'spare part',
    });
  });

  it.each([
    ['part', 'parts'],
    ['reply', 'replies'],
    ['day', 'days'],
    ['box', 'boxes'],
    ['address', 'addresses'],
    ['service-order', 'service-orders'],
  ])('%s has the plural %s, and back', (one, many) => {
    expect(pluralOf(one)).toBe(many);
    expect(singularOf(many)).toBe(one);
  });

  it.each(['calendar', 'access', 'status'])('%s is no plural', (word) => {
    expect(singularOf(word)).toBe(word);
  });

  it('begin sentences', () => {
    expect(sentence(`${withArticle('item')} was created`)).toBe('An item was created');
    expect(withArticle('spare part')).toBe('a spare part');
  });

  it.each([
    ['import', true],
    ['package', true],
    ['class', true],
    ['parcel', false],
    ['import-run', false],
  ])('%s is kept by the language: %s', (name, is) => {
    expect(isReserved(name)).toBe(is);
  });

  it.each([
    ['fleet', true],
    ['spare-parts', true],
    ['Fleet', false],
    ['fleet2', false],
    ['-fleet', false],
    ['spare--parts', false],
    ['a'.repeat(41), false],
    ['', false],
  ])('%j is a name: %s', (name, is) => {
    expect(isKebab(name)).toBe(is);
  });
});
