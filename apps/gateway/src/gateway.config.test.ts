import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '@orion/config';
import { gatewayConfig } from './gateway.config';
import { eachAddress } from './routing/upstreams';

const env = {
  PORT: '3000',
  DATABASE_URL: 'postgresql://a@127.0.0.1/orion_gateway',
  WORKER_DATABASE_URL: 'postgresql://w@127.0.0.1/orion_gateway',
  RABBITMQ_URL: 'amqp://127.0.0.1',
  REDIS_URL: 'redis://127.0.0.1',
  ...eachAddress(() => 'http://127.0.0.1:3001'),
};

describe('gatewayConfig', () => {
  it('has defaults for what is not about this place', () => {
    expect(loadConfig(gatewayConfig, env)).toMatchObject({
      RATE_LIMIT_PER_MINUTE: 6000,
      KEY_RATE_LIMIT_PER_MINUTE: 1200,
      CORS_ORIGINS: [],
      TRUSTED_PROXIES: [],
      UPSTREAM_DEADLINE_MS: 15_000,
    });
  });

  it('reads lists', () => {
    const config = loadConfig(gatewayConfig, {
      ...env,
      CORS_ORIGINS: 'https://a.example, https://b.example,',
    });
    expect(config.CORS_ORIGINS).toEqual(['https://a.example', 'https://b.example']);
  });

  it('refuses proxies that are no network', () => {
    expect(() => loadConfig(gatewayConfig, { ...env, TRUSTED_PROXIES: '10.0.0.0/8,proxy' })).toThrow(
      'TRUSTED_PROXIES must be addresses or networks',
    );
  });

  it('names every address it lacks', () => {
    expect(() => loadConfig(gatewayConfig, { ...env, USER_URL: '', SCHEDULING_URL: 'x' })).toThrow(
      /USER_URL is missing[^]*SCHEDULING_URL must be an address/,
    );
  });
});
