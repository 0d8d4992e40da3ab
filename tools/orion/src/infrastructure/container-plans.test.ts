import { describe, expect, it } from '@jest/globals';
import { containerPlans } from './container-plans';

const plans = containerPlans((piece) => `pw-${piece}`);

describe('throwaway containers', () => {
  it('each get the password of their piece', () => {
    expect(plans.postgres.environment['POSTGRES_PASSWORD']).toBe('pw-postgres');
    expect(plans.rabbitmq.environment['RABBITMQ_DEFAULT_PASS']).toBe('pw-rabbitmq');
    expect(plans.redis.command.slice(-2)).toEqual(['--requirepass', 'pw-redis']);
  });

  it('give up safety for speed and let in as many sessions as private programs do', () => {
    expect(plans.postgres.command).toEqual(
      expect.arrayContaining(['postgres', 'fsync=off', 'max_connections=300', 'timezone=UTC']),
    );
    expect(plans.redis.command.join(' ')).toContain('--appendonly no');
  });

  it('let PostgreSQL listen outside of its container', () => {
    expect(plans.postgres.command.join(' ')).not.toMatch(/listen_addresses|unix_socket|port=/);
  });
});
