import { describe, expect, it, jest } from '@jest/globals';
import { z } from 'zod';
import {
  amqpUrl,
  baseConfig,
  ConfigError,
  exitOnConfigError,
  httpUrl,
  loadConfig,
  postgresUrl,
  redisUrl,
  wholeNumber,
} from './index';

const COMPLETE = {
  PORT: '3001',
  DATABASE_URL: 'postgresql://orion_auth:secret@127.0.0.1:5432/orion_auth',
  WORKER_DATABASE_URL: 'postgres://orion_auth_worker:secret@127.0.0.1:5432/orion_auth',
  RABBITMQ_URL: 'amqp://127.0.0.1:5672',
  REDIS_URL: 'redis://127.0.0.1:6379',
  AUTH_URL: 'http://127.0.0.1:3001',
};

const failure = (env: Record<string, string | undefined>): ConfigError => {
  try {
    loadConfig(baseConfig.extend({ EXTRA_URL: httpUrl() }), env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('loadConfig', () => {
  it('reads, coerces and fills in defaults', () => {
    expect(loadConfig(baseConfig, { ...COMPLETE, DATABASE_POOL: ' 20 ', UNRELATED: 'x' })).toEqual({
      ...COMPLETE,
      PORT: 3001,
      HOST: '127.0.0.1',
      DATABASE_POOL: 20,
      WORKER_DATABASE_POOL: 4,
      MESSAGING_NAMESPACE: 'orion',
      LOG_LEVEL: 'info',
      LOG_FORMAT: 'json',
      ORION_ROLE: 'all',
      SHUTDOWN_GRACE_MS: 10_000,
    });
  });

  it('names every missing and every invalid key at once, an empty one as missing', () => {
    const error = failure({
      ...COMPLETE,
      DATABASE_URL: '',
      RABBITMQ_URL: undefined,
      PORT: 'many',
      LOG_LEVEL: 'loud',
    });
    expect(error.missing).toEqual(['DATABASE_URL', 'RABBITMQ_URL', 'EXTRA_URL']);
    expect(error.invalid.map((it) => it.key)).toEqual(['PORT', 'LOG_LEVEL']);
    for (const key of ['DATABASE_URL', 'RABBITMQ_URL', 'EXTRA_URL', 'PORT', 'LOG_LEVEL'])
      expect(error.message).toContain(key);
  });

  it('never repeats a value, which may be a secret', () => {
    const error = failure({
      ...COMPLETE,
      EXTRA_URL: 'swordfish',
      DATABASE_URL: 'mysql://root:swordfish@db/x',
    });
    expect(error.invalid).toHaveLength(2);
    expect(error.message).not.toContain('swordfish');
  });

  it('reports a rule that concerns the whole environment', () => {
    const schema = z.object({ A: z.string() }).refine(() => false, 'must be consistent');
    expect(() => loadConfig(schema, { A: 'a' })).toThrow(/environment must be consistent/);
  });
});

describe('exitOnConfigError', () => {
  it('throws anything else on', () => {
    expect(() => exitOnConfigError(new Error('other'))).toThrow('other');
  });

  it('prints plain text and exits with 1', () => {
    const exit = jest.spyOn(process, 'exit').mockImplementation((code) => {
      throw new Error(`exit ${code}`);
    });
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      expect(() => exitOnConfigError(new ConfigError(['PORT'], []))).toThrow('exit 1');
      expect(write).toHaveBeenCalledWith(expect.stringMatching(/PORT is missing\n/));
    } finally {
      exit.mockRestore();
      write.mockRestore();
    }
  });
});

describe('addresses and numbers', () => {
  it.each([
    [postgresUrl(), 'postgresql://db/orion', 'db/orion'],
    [amqpUrl(), 'amqps://broker', 'http://broker'],
    [redisUrl(), 'rediss://cache:6380', 'cache:6380'],
    [httpUrl(), 'https://auth', 'ftp://auth'],
    [wholeNumber(1, 5), '5', '6'],
    [wholeNumber(1, 5), '1', '0'],
    [wholeNumber(1, 5), '2', '2.5'],
  ])('are checked', (schema: z.ZodType, good, bad) => {
    expect(schema.safeParse(good).success).toBe(true);
    expect(schema.safeParse(bad).success).toBe(false);
  });
});
