import { describe, expect, it } from '@jest/globals';
import { safeReturn, SignInSearch } from './return-to';

describe('returning after sign-in', () => {
  it('goes back to where one was', () => {
    expect(safeReturn('/orders?state=CREATED&q=boiler')).toBe('/orders?state=CREATED&q=boiler');
  });

  it.each([
    undefined,
    '',
    'https://elsewhere.example',
    '//elsewhere.example',
    '/\\elsewhere.example',
    '/sign-in',
  ])('never leaves this app: %s', (returnTo) => expect(safeReturn(returnTo)).toBe('/'));

  it('forgets what is no text', () => {
    expect(SignInSearch.parse({ returnTo: 7 })).toEqual({ returnTo: undefined });
  });
});
