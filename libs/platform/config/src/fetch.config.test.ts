import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { ConfigError, fetchConfig, postgresUrl, wholeNumber } from './index';

const schema = z.object({
  DATABASE_URL: postgresUrl(),
  ORION_ENCRYPTION_KEY: z.string(),
  PORT: wholeNumber(1, 65_535),
  POOL: wholeNumber(1, 100).default(8),
});

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'orion-config-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const refusal = async (env: Record<string, string>): Promise<ConfigError> => {
  const outcome: unknown = await fetchConfig(schema, env).catch((error: unknown) => error);
  if (outcome instanceof ConfigError) return outcome;
  throw new Error('nothing was refused');
};

describe('fetchConfig', () => {
  it('takes values from where the environment says they stand, and checks them like any other', async () => {
    const { config, sensitive } = await fetchConfig(schema, {
      DATABASE_URL: `file:${file('database', 'postgresql://orion:swordfish@db/orion\n')}`,
      ORION_ENCRYPTION_KEY_FILE: file('key', 'c2VhbGVk\n'),
      PORT: '3001',
    });
    expect(config).toEqual({
      DATABASE_URL: 'postgresql://orion:swordfish@db/orion',
      ORION_ENCRYPTION_KEY: 'c2VhbGVk',
      PORT: 3001,
      POOL: 8,
    });
    expect([...sensitive].sort()).toEqual(['c2VhbGVk', 'postgresql://orion:swordfish@db/orion', 'swordfish']);
  });

  it('names what is missing, what is wrong and what cannot be had at once, and no value', async () => {
    const error = await refusal({
      DATABASE_URL: `file:${file('database', 'mysql://root:swordfish@db/x')}`,
      ORION_ENCRYPTION_KEY_FILE: '/run/secrets/none',
      POOL: 'vault:secret/data/orion#pool',
    });
    expect(error.missing).toEqual(['PORT']);
    expect(error.invalid.map((it) => it.key)).toEqual(['DATABASE_URL', 'ORION_ENCRYPTION_KEY', 'VAULT_ADDR']);
    expect(error.message).toContain('ORION_ENCRYPTION_KEY refers to /run/secrets/none, which is not there');
    expect(error.message).toContain('VAULT_ADDR is missing, and settings refer to Vault');
    expect(error.message).not.toContain('swordfish');
  });

  it('blames the setting that is wrong, not those which depend on it', async () => {
    const DATABASE_URL = 'vault:secret/data/orion#url';
    const error = await refusal({ DATABASE_URL, ORION_ENCRYPTION_KEY: 'x', PORT: '1' });
    expect(error.missing).toEqual([]);
    expect(error.invalid.map((it) => it.key)).toEqual(['VAULT_ADDR']);
  });

  it('refuses a default in place of a value that could not be had', async () => {
    const complete = { DATABASE_URL: 'postgresql://db/x', ORION_ENCRYPTION_KEY: 'x', PORT: '1' };
    const error = await refusal({ ...complete, POOL_FILE: '/run/secrets/none' });
    expect(error.invalid.map((it) => it.key)).toEqual(['POOL']);
  });
});
