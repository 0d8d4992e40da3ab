import { describe, expect, it } from '@jest/globals';
import { forgedTokens } from './forged-tokens';

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('forgedTokens', () => {
  it('are all others than the good one, each with three parts', () => {
    const good = `${part({ alg: 'RS256', kid: 'k' })}.${part({ sub: 'u', exp: 1 })}.c2ln`;
    const forged = Object.values(forgedTokens(good, 'n'));
    expect(new Set([good, ...forged]).size).toBe(forged.length + 1);
    for (const token of forged) expect(token.split('.')).toHaveLength(3);
  });
});
