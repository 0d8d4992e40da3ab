import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EnvironmentSource, FileSource, resolveSecrets, VaultSource } from '../src';
import { selfSigned } from './support/certificate';
import { VaultServer } from './support/vault.server';

const PASSWORD = 'swordfish/ 7';
const URL_OF_DATABASE = 'postgresql://orion:swordfish@db/orion_auth';
const DATABASE_URL = 'vault:secret/data/orion/auth#database_url';
const MAIL_PASSWORD = 'vault:secret/data/orion/auth#mail_password';

let vault: VaultServer;
let address: string;
let folder: string;

beforeEach(async () => {
  vault = new VaultServer();
  vault.put('secret/data/orion/auth', {
    database_url: URL_OF_DATABASE,
    mail_password: PASSWORD,
    pool: 8,
    list: ['a'],
  });
  address = await vault.start();
  folder = mkdtempSync(join(tmpdir(), 'orion-vault-'));
});

afterEach(async () => {
  await vault.stop();
  rmSync(folder, { recursive: true, force: true });
});

const resolve = (env: Record<string, string>, attemptMs = 2_000) => {
  const vaultSource = new VaultSource(env, { attemptMs, pause: () => 1 });
  const sources = [new EnvironmentSource(env), new FileSource(), vaultSource];
  return resolveSecrets(
    Object.keys(env).filter((it) => !it.startsWith('VAULT_')),
    env,
    sources,
  );
};

const withToken = (more: Record<string, string>) => ({
  VAULT_ADDR: address,
  VAULT_TOKEN: vault.token(),
  ...more,
});

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('reading', () => {
  it('takes fields of one secret with one request', async () => {
    const { values, troubles } = await resolve(
      withToken({ DATABASE_URL, MAIL_PASSWORD, POOL: 'vault:secret/data/orion/auth#pool', PORT: '3001' }),
    );
    expect(troubles).toEqual([]);
    expect(values).toEqual({
      DATABASE_URL: URL_OF_DATABASE,
      MAIL_PASSWORD: PASSWORD,
      POOL: '8',
      PORT: '3001',
    });
    expect(vault.asked.map((it) => `${it.method} ${it.path}`)).toEqual(['GET secret/data/orion/auth']);
  });

  it('leaves a token alone that somebody else looks after', async () => {
    const env = withToken({ DATABASE_URL });
    await resolve(env);
    expect(vault.tokens).toContain(env.VAULT_TOKEN);
  });

  it('names what must never be seen', async () => {
    const { sensitive } = await resolve(withToken({ DATABASE_URL, MAIL_PASSWORD, PORT: '3001' }));
    expect(sensitive.sort()).toEqual([URL_OF_DATABASE, PASSWORD, 'swordfish'].sort());
  });

  it('does not ask Vault, nor for its settings, when nothing refers to it', async () => {
    expect(await resolve({ PORT: '3001' })).toEqual({
      values: { PORT: '3001' },
      sensitive: [],
      troubles: [],
      unread: [],
    });
  });

  it('sends the namespace', async () => {
    vault.namespace = 'field/service';
    expect((await resolve(withToken({ DATABASE_URL }))).troubles[0]?.reason).toContain('where nothing is');
    const { values } = await resolve(withToken({ DATABASE_URL, VAULT_NAMESPACE: 'field/service' }));
    expect(values).toEqual({ DATABASE_URL: URL_OF_DATABASE });
  });

  it('follows a standby to its leader', async () => {
    vault.next.push({ status: 307, headers: { location: `${address}/v1/secret/data/orion/auth` } });
    expect((await resolve(withToken({ DATABASE_URL }))).values).toEqual({ DATABASE_URL: URL_OF_DATABASE });
  });
});

describe('logging in', () => {
  it('by AppRole, and ends the token when everything is read', async () => {
    vault.appRole('role-1', 'secret-id-1');
    const VAULT_SECRET_ID_FILE = file('secret-id', 'secret-id-1\n');
    const { values } = await resolve({
      DATABASE_URL,
      VAULT_ADDR: `${address}/`,
      VAULT_ROLE_ID: 'role-1',
      VAULT_SECRET_ID_FILE,
    });
    expect(values).toEqual({ DATABASE_URL: URL_OF_DATABASE });
    expect(vault.asked.map((it) => `${it.method} ${it.path}`)).toEqual([
      'POST auth/approle/login',
      'GET secret/data/orion/auth',
      'POST auth/token/revoke-self',
    ]);
    expect(vault.tokens.size).toBe(0);
  });

  it('by AppRole at another mount', async () => {
    vault.appRole('role-1', 'secret-id-1');
    const login = {
      VAULT_ROLE_ID: 'role-1',
      VAULT_SECRET_ID: 'secret-id-1',
      VAULT_AUTH_PATH: '/orion-role/',
    };
    const { values } = await resolve({ DATABASE_URL, VAULT_ADDR: address, ...login });
    expect(values).toEqual({ DATABASE_URL: URL_OF_DATABASE });
    expect(vault.asked[0]?.path).toBe('auth/orion-role/login');
  });

  it('by the service account of Kubernetes', async () => {
    vault.serviceAccount('orion-auth', 'header.claims.signature');
    const VAULT_KUBERNETES_JWT_FILE = file('token', 'header.claims.signature');
    const login = { VAULT_KUBERNETES_ROLE: 'orion-auth', VAULT_KUBERNETES_JWT_FILE };
    const { values } = await resolve({ DATABASE_URL, VAULT_ADDR: address, ...login });
    expect(values).toEqual({ DATABASE_URL: URL_OF_DATABASE });
  });

  it('blames the setting to correct, once, and never tells it', async () => {
    vault.appRole('role-1', 'another');
    const login = { VAULT_ROLE_ID: 'role-1', VAULT_SECRET_ID: PASSWORD };
    const { troubles } = await resolve({ DATABASE_URL, MAIL_PASSWORD, VAULT_ADDR: address, ...login });
    expect(troubles).toEqual([
      { key: 'VAULT_SECRET_ID', reason: 'is refused by Vault’s login AppRole at auth/approle/login (400)' },
    ]);
  });

  it.each([
    [{}, 'VAULT_ADDR', 'is missing, and settings refer to Vault'],
    [{ VAULT_ADDR: 'vault:8200' }, 'VAULT_ADDR', 'must be an address'],
    [{ VAULT_ADDR: 'http://127.0.0.1:1' }, 'VAULT_TOKEN', 'is missing; VAULT_ROLE_ID with'],
    [{ VAULT_ADDR: 'http://127.0.0.1:1', VAULT_ROLE_ID: 'r' }, 'VAULT_SECRET_ID', 'is missing beside'],
    [
      { VAULT_ADDR: 'http://127.0.0.1:1', VAULT_KUBERNETES_ROLE: 'r' },
      'VAULT_KUBERNETES_JWT',
      'is not there',
    ],
    [
      { VAULT_ADDR: 'https://127.0.0.1:1', VAULT_CACERT: '/none.pem' },
      'VAULT_CACERT',
      '/none.pem, which is not there',
    ],
    [
      { VAULT_ADDR: 'http://127.0.0.1:1', VAULT_TOKEN_FILE: '/none' },
      'VAULT_TOKEN',
      '/none, which is not there',
    ],
  ])('says what is missing of %j', async (settings, key, reason) => {
    const { troubles } = await resolve({ DATABASE_URL, MAIL_PASSWORD, ...settings });
    expect(troubles).toEqual([{ key, reason: expect.stringContaining(reason) }]);
  });
});

describe('what cannot be read', () => {
  it('is told for each setting, all at once, without any value', async () => {
    vault.forbid('secret/data/orion/user');
    vault.delete('secret/data/orion/old');
    vault.put('kv1/orion', { password: PASSWORD });
    const env = withToken({
      A: 'vault:secret/data/orion/user#password',
      B: 'vault:secret/data/orion/none#password',
      C: 'vault:secret/data/orion/old#password',
      D: 'vault:secret/data/orion/auth#pasword',
      E: 'vault:secret/data/orion/auth#list',
      F: 'vault:kv1/orion#password',
      G: 'vault:secret/data/orion/auth',
      H: 'vault:secret/data/../auth#password',
      DATABASE_URL,
    });
    const { values, troubles } = await resolve(env);
    expect(values).toEqual({ DATABASE_URL: URL_OF_DATABASE });
    expect(Object.fromEntries(troubles.map((it) => [it.key, it.reason]))).toEqual({
      A: 'refers to secret/data/orion/user in Vault, which this login may not read: see its policy, or the token has ended',
      B: 'refers to secret/data/orion/none in Vault, where nothing is',
      C: 'refers to secret/data/orion/old in Vault, which was deleted',
      D: 'refers to secret/data/orion/auth in Vault, which has no field pasword',
      E: 'refers to the field list of secret/data/orion/auth in Vault, which holds no text',
      F: 'refers to kv1/orion in Vault, which is no secret of a KV engine of version 2',
      G: 'is not of the form vault:MOUNT/data/PATH#FIELD',
      H: 'is not of the form vault:MOUNT/data/PATH#FIELD',
    });
    expect(JSON.stringify(troubles)).not.toContain('swordfish');
  });

  it('is a token that has ended', async () => {
    const { troubles } = await resolve({ DATABASE_URL, VAULT_ADDR: address, VAULT_TOKEN: 'hvs.ended' });
    expect(troubles[0]).toEqual({
      key: 'DATABASE_URL',
      reason: expect.stringContaining('the token has ended'),
    });
    expect(JSON.stringify(troubles)).not.toContain('hvs');
  });
});

describe('a Vault in trouble', () => {
  it('is asked again while it is overloaded, behind, broken or silent', async () => {
    vault.next.push({ status: 429, headers: { 'retry-after': '0' } }, { status: 412 }, { status: 500 });
    vault.next.push({ status: 0, silent: true });
    expect((await resolve(withToken({ DATABASE_URL }))).values).toEqual({ DATABASE_URL: URL_OF_DATABASE });
    expect(vault.asked).toHaveLength(5);
  });

  it.each([
    [503, 'a Vault that is sealed or down'],
    [429, 'a Vault that is asked too often'],
    [502, 'a Vault that answers 502'],
  ])('is given up after five times %d, in a sentence about its address', async (status, reason) => {
    vault.next.push(...Array.from({ length: 5 }, () => ({ status })));
    const { troubles } = await resolve(withToken({ DATABASE_URL }));
    expect(vault.asked).toHaveLength(5);
    expect(troubles).toEqual([{ key: 'VAULT_ADDR', reason: `leads to ${address}, ${reason}` }]);
  });

  it('that is sealed says so at the login too, whose words are not repeated', async () => {
    vault.sealed = true;
    const login = { VAULT_ROLE_ID: 'role-1', VAULT_SECRET_ID: PASSWORD };
    const { troubles } = await resolve({ DATABASE_URL, VAULT_ADDR: address, ...login });
    expect(troubles).toEqual([
      { key: 'VAULT_ADDR', reason: `leads to ${address}, a Vault that is sealed or down` },
    ]);
  });

  it('that is not there ends in one sentence', async () => {
    await vault.stop();
    const { troubles } = await resolve({ DATABASE_URL, VAULT_ADDR: address, VAULT_TOKEN: 'hvs.t' });
    expect(troubles).toEqual([
      { key: 'VAULT_ADDR', reason: `leads to ${address}, where no Vault answers (ECONNREFUSED)` },
    ]);
  });

  it('that never answers ends in one sentence', async () => {
    vault.next.push(...Array.from({ length: 5 }, () => ({ status: 0, silent: true })));
    const { troubles } = await resolve(withToken({ DATABASE_URL }), 100);
    expect(troubles[0]?.reason).toContain('where no Vault answers (timeout)');
  });
});

describe('over TLS', () => {
  it('trusts the given authority and no other', async () => {
    const secure = new VaultServer();
    secure.put('secret/data/orion/auth', { database_url: URL_OF_DATABASE });
    const identity = selfSigned();
    const VAULT_ADDR = await secure.start(identity);
    try {
      const env = { DATABASE_URL, VAULT_ADDR, VAULT_TOKEN: secure.token() };
      const untrusted = await resolve(env);
      expect(untrusted.troubles).toEqual([
        {
          key: 'VAULT_ADDR',
          reason: expect.stringMatching(/certificate is not trusted \(.*\): set VAULT_CACERT/),
        },
      ]);
      expect(secure.asked).toEqual([]);
      const trusted = await resolve({ ...env, VAULT_CACERT: file('ca.pem', identity.cert) });
      expect(trusted.values).toEqual({ DATABASE_URL: URL_OF_DATABASE });
    } finally {
      await secure.stop();
    }
  });

  it('never follows a redirect to where everybody could listen', async () => {
    const secure = new VaultServer();
    const identity = selfSigned();
    const VAULT_ADDR = await secure.start(identity);
    secure.next.push({ status: 307, headers: { location: `${address}/v1/secret/data/orion/auth` } });
    try {
      const VAULT_CACERT = file('ca.pem', identity.cert);
      const { troubles } = await resolve({
        DATABASE_URL,
        VAULT_ADDR,
        VAULT_CACERT,
        VAULT_TOKEN: secure.token(),
      });
      expect(troubles[0]?.reason).toContain('a Vault that answers 307');
      expect(vault.asked).toEqual([]);
    } finally {
      await secure.stop();
    }
  });
});
