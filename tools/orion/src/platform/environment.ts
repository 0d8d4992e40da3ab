import { addressVariable } from '@orion/config';
import type { Addresses } from '../infrastructure/addresses';
import { type PlatformPorts, SERVICES, type ServiceName } from './services';

export interface ServiceDatabase {
  database: string;
  ownerUrl: string;
  appUrl: string;
  workerUrl: string;
}

export interface Surroundings {
  addresses: Pick<Addresses, 'rabbitmqUrl' | 'redisUrl'>;
  databases: Record<ServiceName, ServiceDatabase>;
  ports: PlatformPorts;
  /** Sessions each service may open, by role. */
  pools: { app: number; worker: number };
  encryptionKeys: Partial<Record<ServiceName, string>>;
  /** Folder of the built web app. */
  webRoot: string;
  /** What the person set; it wins over what the launcher would choose. */
  set: Record<string, string | undefined>;
  colours: boolean;
}

const local = (port: number): string => `http://127.0.0.1:${port}`;

/** Where people open the platform. */
const publicUrl = ({ ports, set }: Pick<Surroundings, 'ports' | 'set'>): string =>
  set['PUBLIC_URL'] ?? `http://localhost:${ports.services.gateway}`;

/** What the gateway forwards to. */
const BEHIND = SERVICES.filter((it) => it !== 'gateway');

function forGateway({ ports, webRoot, set }: Surroundings): Record<string, string> {
  return {
    HOST: set['ORION_HOST'] ?? '127.0.0.1',
    ...Object.fromEntries(BEHIND.map((it) => [addressVariable(it), local(ports.services[it])])),
    WEB_ROOT: webRoot,
    RATE_LIMIT_PER_MINUTE: set['RATE_LIMIT_PER_MINUTE'] ?? '6000',
    KEY_RATE_LIMIT_PER_MINUTE: set['KEY_RATE_LIMIT_PER_MINUTE'] ?? '1200',
    CORS_ORIGINS: set['CORS_ORIGINS'] ?? `http://localhost:${ports.services.gateway}`,
  };
}

function forAuth({ ports, set }: Surroundings): Record<string, string> {
  return {
    PUBLIC_URL: publicUrl({ ports, set }),
    // Providers of people who try single sign-on run on the developer's own machine.
    SIGN_ON_ALLOW_LOOPBACK: set['SIGN_ON_ALLOW_LOOPBACK'] ?? 'true',
    ...(set['DNS_SERVERS'] ? { DNS_SERVERS: set['DNS_SERVERS'] } : {}),
  };
}

function forNotification({ ports, set }: Surroundings): Record<string, string> {
  return {
    SMTP_URL: set['SMTP_URL'] ?? `smtp://127.0.0.1:${ports.mailSmtp}`,
    MAIL_FROM: set['MAIL_FROM'] ?? 'Orion <no-reply@orion.test>',
    PUBLIC_URL: publicUrl({ ports, set }),
    // Receivers of webhooks run on the developer's own machine.
    WEBHOOK_ALLOW_LOOPBACK: set['WEBHOOK_ALLOW_LOOPBACK'] ?? 'true',
  };
}

/** The environment of one service, complete: nothing else of the launcher's own settings reaches it. */
export function serviceEnvironment(name: ServiceName, surroundings: Surroundings): Record<string, string> {
  const { addresses, databases, ports, pools, encryptionKeys, set, colours } = surroundings;
  const key = encryptionKeys[name];
  return {
    HOST: '127.0.0.1',
    PORT: String(ports.services[name]),
    DATABASE_URL: databases[name].appUrl,
    WORKER_DATABASE_URL: databases[name].workerUrl,
    DATABASE_POOL: String(pools.app),
    WORKER_DATABASE_POOL: String(pools.worker),
    RABBITMQ_URL: addresses.rabbitmqUrl,
    REDIS_URL: addresses.redisUrl,
    AUTH_URL: local(ports.services.auth),
    MESSAGING_NAMESPACE: set['MESSAGING_NAMESPACE'] ?? 'orion',
    LOG_LEVEL: set['LOG_LEVEL'] ?? 'info',
    LOG_FORMAT: set['LOG_FORMAT'] ?? 'json',
    ORION_ROLE: 'all',
    SHUTDOWN_GRACE_MS: set['SHUTDOWN_GRACE_MS'] ?? '25000',
    ...(colours ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }),
    ...(key ? { ORION_ENCRYPTION_KEY: key } : {}),
    ...(name === 'gateway' ? forGateway(surroundings) : {}),
    ...(name === 'auth' ? forAuth(surroundings) : {}),
    ...(name === 'notification' ? forNotification(surroundings) : {}),
  };
}
