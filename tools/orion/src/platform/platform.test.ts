import { describe, expect, it } from '@jest/globals';
import { serviceEnvironment, type Surroundings } from './environment';
import { everyPort, firstPort, platformPorts, PORTS_NEEDED, SERVICES } from './services';

describe('ports of a platform', () => {
  it('stand in a row', () => {
    const ports = everyPort(platformPorts(4_000)).sort();
    expect(ports).toEqual(Array.from({ length: PORTS_NEEDED }, (_, index) => 4_000 + index));
  });

  it('stay what they were when a service joins', () => {
    const { services, mailSmtp, mailWeb, provider } = platformPorts(4_000);
    expect(services).toMatchObject({
      gateway: 4_000,
      auth: 4_001,
      user: 4_002,
      scheduling: 4_003,
      notification: 4_004,
    });
    expect([mailSmtp, mailWeb, provider]).toEqual([4_005, 4_006, 4_007]);
  });

  it.each([
    [undefined, 3000],
    ['', 3000],
    ['4000', 4000],
    ['65530', undefined],
    ['0', undefined],
    ['80.5', undefined],
    ['door', undefined],
  ])('ORION_PORT=%s begins at %s', (value, port) => {
    expect(firstPort(value)).toBe(port);
  });
});

const database = (name: string) => ({
  database: name,
  ownerUrl: `owner-${name}`,
  appUrl: `app-${name}`,
  workerUrl: `worker-${name}`,
});

const surroundings = (set: Record<string, string>): Surroundings => ({
  addresses: { rabbitmqUrl: 'amqp://broker', redisUrl: 'redis://cache' },
  databases: Object.fromEntries(SERVICES.map((it) => [it, database(it)])) as Surroundings['databases'],
  ports: platformPorts(3000),
  pools: { app: 8, worker: 4 },
  encryptionKeys: { auth: 'key-a', notification: 'key-n' },
  webRoot: '/web',
  set,
  colours: false,
});

describe('environment of a service', () => {
  it('opens its own database and no other, never as owner', () => {
    for (const name of SERVICES) {
      const environment = Object.values(serviceEnvironment(name, surroundings({}))).join(' ');
      expect(environment).toContain(`app-${name}`);
      expect(environment).not.toContain('owner-');
      for (const other of SERVICES) if (other !== name) expect(environment).not.toContain(`app-${other}`);
    }
  });

  it('hands each encryption key to its service only', () => {
    expect(serviceEnvironment('auth', surroundings({}))['ORION_ENCRYPTION_KEY']).toBe('key-a');
    expect(serviceEnvironment('notification', surroundings({}))['ORION_ENCRYPTION_KEY']).toBe('key-n');
    expect(serviceEnvironment('user', surroundings({}))).not.toHaveProperty('ORION_ENCRYPTION_KEY');
  });

  it('tells the gateway where the others are', () => {
    expect(serviceEnvironment('gateway', surroundings({}))).toMatchObject({
      PORT: '3000',
      AUTH_URL: 'http://127.0.0.1:3001',
      SCHEDULING_URL: 'http://127.0.0.1:3003',
      WEB_ROOT: '/web',
      CORS_ORIGINS: 'http://localhost:3000',
    });
  });

  it('listens beyond this machine only at the gateway, and only when asked to', () => {
    const open = surroundings({ ORION_HOST: '0.0.0.0' });
    expect(serviceEnvironment('gateway', open)['HOST']).toBe('0.0.0.0');
    expect(serviceEnvironment('auth', open)['HOST']).toBe('127.0.0.1');
  });

  it('sends mail to the sink unless told otherwise', () => {
    expect(serviceEnvironment('notification', surroundings({}))['SMTP_URL']).toBe('smtp://127.0.0.1:3005');
    const own = surroundings({ SMTP_URL: 'smtp://mail.example' });
    expect(serviceEnvironment('notification', own)['SMTP_URL']).toBe('smtp://mail.example');
  });
});
