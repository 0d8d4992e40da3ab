import { describe, expect, it } from '@jest/globals';
import { enrolmentUri, stepOf } from './totp';

/** RFC 6238, appendix B: the secret of its SHA-1 examples; codes are their last six digits. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('stepOf', () => {
  it.each([
    [59, '287082', 1],
    [1_111_111_109, '081804', 37_037_036],
    [1_234_567_890, '005924', 41_152_263],
    [20_000_000_000, '353130', 666_666_666],
  ])('at %d s takes %s, of step %d', (seconds, code, step) => {
    expect(stepOf(SECRET, code, seconds * 1000)).toBe(step);
    expect(stepOf(SECRET, code, (seconds + 30) * 1000)).toBe(step);
    expect(stepOf(SECRET, code, (seconds + 90) * 1000)).toBeNull();
  });

  it('refuses other codes', () => expect(stepOf(SECRET, '000000', 59_000)).toBeNull());
});

describe('enrolmentUri', () => {
  it('names issuer and account', () => {
    const uri = enrolmentUri(SECRET, 'ada@example.org');
    expect(uri).toMatch(/^otpauth:\/\/totp\/Orion:ada%40example\.org\?/);
    expect(new URL(uri).searchParams.get('secret')).toBe(SECRET);
  });
});
