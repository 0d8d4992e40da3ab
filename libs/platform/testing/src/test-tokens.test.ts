import { expect, it } from '@jest/globals';
import { permissionDigest } from '@orion/security';
import { signTestToken, TestKeySource, testPermissions, TestPermissionSource } from './test-tokens';

it('a test token is one that its key set and its permissions explain', async () => {
  const token = signTestToken({ userId: 'u', organizationId: 'o', permissions: ['b', 'a'] });
  const [header, claims] = token
    .split('.')
    .slice(0, 2)
    .map((it): Record<string, unknown> => JSON.parse(Buffer.from(it, 'base64url').toString()));
  expect(await new TestKeySource().find(String(header?.['kid']))).toMatchObject({ kty: 'RSA', use: 'sig' });
  expect(await new TestKeySource().find('another')).toBeNull();
  expect(claims).toMatchObject({
    sub: 'u',
    org: 'o',
    iss: 'orion',
    aud: 'orion-api',
    prm: permissionDigest(['a', 'b']),
  });
  expect(await new TestPermissionSource().find(String(claims?.['prm']))).toEqual(['b', 'a']);
  expect(testPermissions('unknown')).toBeNull();
});
