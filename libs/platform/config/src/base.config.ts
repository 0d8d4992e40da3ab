import { z } from 'zod';

const url = (...schemes: string[]) =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && schemes.includes(new URL(value).protocol.slice(0, -1)),
      `must be an address that starts with ${schemes.map((it) => `${it}://`).join(' or ')}`,
    );

const count = (min: number, max: number) =>
  z.coerce
    .number(`must be a number`)
    .int('must be a whole number')
    .min(min, `must be at least ${min}`)
    .max(max, `must be at most ${max}`);

/** Addresses as the environment carries them. */
export const postgresUrl = () => url('postgresql', 'postgres');
export const amqpUrl = () => url('amqp', 'amqps');
export const redisUrl = () => url('redis', 'rediss');
export const httpUrl = () => url('http', 'https');

/** A whole number between two bounds. */
export const wholeNumber = count;

/** The environment every service reads; services extend it with what only they need. */
export const baseConfig = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: count(0, 65_535),
  DATABASE_URL: postgresUrl(),
  WORKER_DATABASE_URL: postgresUrl(),
  DATABASE_POOL: count(1, 100).default(8),
  WORKER_DATABASE_POOL: count(1, 100).default(4),
  RABBITMQ_URL: amqpUrl(),
  REDIS_URL: redisUrl(),
  /** Where the JSON Web Key Set is fetched. */
  AUTH_URL: httpUrl(),
  /** Prefix of exchanges and queues. */
  MESSAGING_NAMESPACE: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,62}$/, 'may hold small letters, digits and -')
    .default('orion'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  LOG_FORMAT: z.enum(['json', 'pretty']).default('json'),
  /** `api` serves HTTP only, `worker` consumes and runs jobs (and still serves health), `all` does both. */
  ORION_ROLE: z.enum(['all', 'api', 'worker']).default('all'),
  /** Milliseconds a stopping service may take to finish what it has begun. */
  SHUTDOWN_GRACE_MS: count(0, 30_000).default(10_000),
});

export type BaseConfig = z.output<typeof baseConfig>;
