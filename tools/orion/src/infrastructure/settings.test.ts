import { describe, expect, it } from '@jest/globals';
import { CONNECTION_BUDGET, connectionsNeeded } from '@orion/database';
import { SERVICES } from '../platform/services';
import { postgresUrl, rabbitmqUrl, redisUrl, withoutPassword } from './addresses';
import { MAX_CONNECTIONS, postgresArguments } from './postgres-settings';
import { brokerConfiguration, brokerEnvironment } from './rabbitmq-settings';
import { redisConfiguration } from './redis-settings';

const PORTS = { postgres: 1, rabbitmq: 2, rabbitmqNodes: 3, epmd: 4, redis: 5 };

describe('PostgreSQL', () => {
  it('lets in all services with their pools and leaves room beside them', () => {
    const needed = connectionsNeeded(SERVICES.length, CONNECTION_BUDGET.app, CONNECTION_BUDGET.worker);
    expect(needed).toBeLessThan(100);
    expect(MAX_CONNECTIONS.durable).toBeGreaterThan(needed);
  });

  it('listens on the loopback address only, with no socket file', () => {
    const settings = postgresArguments('/data', 5_555, 'durable');
    expect(settings).toEqual(
      expect.arrayContaining(['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'port=5555']),
    );
  });

  it('gives up safety for speed in tests only', () => {
    expect(postgresArguments('/data', 1, 'durable').join(' ')).not.toContain('fsync');
    expect(postgresArguments('/data', 1, 'throwaway')).toContain('fsync=off');
  });
});

describe('RabbitMQ', () => {
  const folders = { home: '/h', data: '/d', log: '/l', pluginsFile: '/p', configFile: '/c', pidFile: '/i' };

  it('shares neither name nor port nor port mapper with another broker', () => {
    const environment = brokerEnvironment('abc', folders, PORTS);
    expect(environment).toMatchObject({
      RABBITMQ_NODENAME: 'orion-abc@localhost',
      RABBITMQ_NODE_PORT: '2',
      RABBITMQ_DIST_PORT: '3',
      ERL_EPMD_PORT: '4',
      ERL_EPMD_ADDRESS: '127.0.0.1',
      HOME: '/h',
    });
  });

  it('listens on the loopback address only', () => {
    expect(brokerConfiguration(2, 'orion', 'pw')).toContain('listeners.tcp.default = 127.0.0.1:2\n');
  });
});

describe('Redis', () => {
  it('keeps what it was told, except in tests', () => {
    expect(redisConfiguration(5, 'pw', '/r', 'durable')).toContain('appendonly yes');
    expect(redisConfiguration(5, 'pw', '/r', 'throwaway')).toContain('appendonly no');
    expect(redisConfiguration(5, 'pw', '/r', 'durable')).toContain('bind 127.0.0.1');
  });
});

describe('addresses', () => {
  it('carry passwords with any sign in them', () => {
    expect(new URL(postgresUrl(1, 'a/b@c')).password).toBe('a%2Fb%40c');
    expect(new URL(rabbitmqUrl(2, 'orion', 'a:b')).username).toBe('orion');
    expect(new URL(redisUrl(5, 'x')).port).toBe('5');
  });

  it('are shown to people without them', () => {
    expect(withoutPassword('postgresql://postgres:secret@127.0.0.1:5432/postgres')).toBe(
      'postgresql://127.0.0.1:5432/postgres',
    );
  });
});
