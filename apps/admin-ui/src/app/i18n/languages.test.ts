import { describe, expect, it } from '@jest/globals';
import { localeFor, pickLanguage } from './languages';

describe('languages', () => {
  it('takes the first one of the reader that is offered', () => {
    expect(pickLanguage(['de-DE', 'fr-CA', 'en'], ['en', 'fr'])).toBe('fr');
    expect(pickLanguage(['de'], ['en', 'fr'])).toBe('en');
  });

  it('writes dates the way of the reader’s region', () => {
    expect(localeFor('en', ['en-IE', 'en'])).toBe('en-IE');
    expect(localeFor('en', ['de-DE'])).toBe('en-GB');
    expect(localeFor('fr', ['de-DE'])).toBe('fr');
  });
});
