import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { ConfigError, loadConfig } from '@orion/config';
import { authConfig } from './auth.config';

const complete = {
  PORT: '3001',
  DATABASE_URL: 'postgresql://a@localhost/a',
  WORKER_DATABASE_URL: 'postgresql://a@localhost/a',
  RABBITMQ_URL: 'amqp://localhost',
  REDIS_URL: 'redis://localhost',
  AUTH_URL: 'http://localhost:3001',
  ORION_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
};

describe('authConfig', () => {
  it('reads the encryption key as its bytes', () => {
    expect(loadConfig(authConfig, complete).ORION_ENCRYPTION_KEY).toHaveLength(32);
  });

  it.each([['no base64!'], [randomBytes(16).toString('base64')]])('refuses the key %j', (key) => {
    expect(() => loadConfig(authConfig, { ...complete, ORION_ENCRYPTION_KEY: key })).toThrow(ConfigError);
  });

  it('takes name servers by their addresses, and none if it is told of none', () => {
    const serversOf = (text: string) =>
      loadConfig(authConfig, { ...complete, DNS_SERVERS: text }).DNS_SERVERS;
    expect(serversOf('')).toEqual([]);
    expect(serversOf('9.9.9.9,127.0.0.1:5353,::1,[::1]:53')).toHaveLength(4);
    for (const text of ['dns.example.org', '9.9.9', '1.2.3.4:port'])
      expect(() => serversOf(text)).toThrow('must be IP addresses');
  });

  it('names the key when it is missing', () => {
    const { ORION_ENCRYPTION_KEY: _, ...rest } = complete;
    expect(() => loadConfig(authConfig, rest)).toThrow('ORION_ENCRYPTION_KEY is missing');
  });
});
