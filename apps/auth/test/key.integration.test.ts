import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkPermission, jwks } from '@orion/contracts';
import { Log } from '@orion/logger';
import { codeOf } from '@orion/testing';
import { KeyRotation } from '../src/keys/key-rotation.job';
import { SIGNS_MS } from '../src/keys/rotation';
import { SigningKeyRepository } from '../src/keys/signing-key.repository';
import { SigningKeys } from '../src/keys/signing-keys.provider';
import { type AuthHarness, startAuth } from './auth.harness';

const ORION_ENCRYPTION_KEY = randomBytes(32);

let auth: AuthHarness;
beforeAll(
  async () =>
    void (auth = await startAuth({ ORION_ENCRYPTION_KEY: ORION_ENCRYPTION_KEY.toString('base64') })),
);
afterAll(() => auth.close());

/** Another instance of the service over the same database. */
const instance = (key = ORION_ENCRYPTION_KEY) =>
  new SigningKeys(
    auth.database,
    new SigningKeyRepository(),
    { ORION_ENCRYPTION_KEY: key },
    auth.service.app.get(Log),
  );

const kidOf = (token: string): string =>
  JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid;
const query = { permission: 'role.view' } as const;

describe('signing keys', () => {
  it('are one when several instances start together', async () => {
    await auth.sql('DELETE FROM signing_key');
    const instances = [instance(), instance(), instance()];
    await Promise.all(instances.map((it) => it.onModuleInit()));
    const ids = await Promise.all(instances.map(async (it) => (await it.active()).id));
    expect(new Set(ids).size).toBe(1);
    expect(await auth.sql('SELECT id FROM signing_key')).toHaveLength(1);
    await auth.sql('DELETE FROM signing_key');
  });

  it('cannot be opened with another encryption key', async () => {
    await instance().onModuleInit();
    await expect(instance(randomBytes(32)).onModuleInit()).rejects.toThrow('ORION_ENCRYPTION_KEY');
    await auth.sql('DELETE FROM signing_key');
  });

  it('stay secret: neither database nor key set holds the private half', async () => {
    await instance().onModuleInit();
    const [row] = await auth.sql<{ private_key: Buffer }>('SELECT private_key FROM signing_key WHERE active');
    expect(row?.private_key.includes('PRIVATE KEY')).toBe(false);
    const { keys } = await auth.as().call(jwks);
    expect(keys).toHaveLength(1);
    expect(Object.keys(keys[0] ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
    await auth.sql('DELETE FROM signing_key');
  });
});

describe('rotation', () => {
  it('leaves tokens of the retired key valid and signs with the new one', async () => {
    const other = await startAuth();
    try {
      const before = await other.member();
      const job = other.service.app.get(KeyRotation, { strict: false });
      await job.run();
      expect(kidOf((await other.member()).accessToken)).toBe(kidOf(before.accessToken));
      await other.sql(`UPDATE signing_key SET created_at = created_at - $1 * interval '1 millisecond'`, [
        SIGNS_MS,
      ]);
      await other.service.app.get(SigningKeys, { strict: false }).rotate(new Date(Date.now() + SIGNS_MS));
      const after = await other.member();
      expect(kidOf(after.accessToken)).not.toBe(kidOf(before.accessToken));
      for (const { accessToken } of [before, after])
        await other.as(accessToken).call(checkPermission, { query });
      expect((await other.as().call(jwks)).keys).toHaveLength(2);
      await other.sql(`UPDATE signing_key SET retired_at = now() - interval '2 days' WHERE NOT active`);
      expect((await other.as().call(jwks)).keys.map((it) => it.kid)).toEqual([kidOf(after.accessToken)]);
    } finally {
      await other.close();
    }
  });

  it('happens once when two instances find it due', async () => {
    const instances = [instance(), instance()];
    await Promise.all(instances.map((it) => it.onModuleInit()));
    const later = new Date(Date.now() + SIGNS_MS);
    await Promise.all(instances.map((it) => it.rotate(later)));
    const rows = await auth.sql<{ active: boolean }>('SELECT active FROM signing_key ORDER BY active');
    expect(rows).toEqual([{ active: false }, { active: true }]);
  });
});

describe('a token', () => {
  it('that was changed, or that nobody here signed, is refused', async () => {
    const fresh = await startAuth();
    try {
      const { accessToken } = await fresh.member();
      const [header, , signature] = accessToken.split('.');
      const forged = Buffer.from(JSON.stringify({ sub: 'somebody' })).toString('base64url');
      const none = Buffer.from('{"alg":"none"}').toString('base64url');
      const [, payload] = accessToken.split('.');
      for (const token of [`${header}.${forged}.${signature}`, `${none}.${payload}.`, 'x.y.z']) {
        expect(await codeOf(fresh.as(token).call(checkPermission, { query }))).toBe('UNAUTHENTICATED');
      }
    } finally {
      await fresh.close();
    }
  });
});
