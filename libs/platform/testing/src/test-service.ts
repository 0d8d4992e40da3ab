import { ModuleRef } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type CallOptions, createClient } from '@orion/client';
import { loadConfig } from '@orion/config';
import type { Endpoint, Reply, Request } from '@orion/contracts';
import type { TestDatabase } from '@orion/database';
import { MESSAGING_OPTIONS, MessagingHealth, type MessagingOptions } from '@orion/messaging';
import { createService, type ServiceOptions, startService } from '@orion/service';
import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { type AuthStandIn, startAuthStandIn } from './auth-stand-in';
import { eventually } from './eventually';
import { freshDatabase } from './fresh-database';
import { infrastructure } from './infrastructure';
import { dropNamespace, testNamespace } from './namespace';
import { signTestToken, type TestClaims } from './test-tokens';

export interface TestServiceOptions<S extends z.ZodObject> extends ServiceOptions<S> {
  /** The folder that holds the service's `migrations`. */
  prismaDir: string;
  /** On top of what every service gets. */
  env?: Record<string, string>;
  /** To let several services of one test hear each other. */
  namespace?: string;
}

export interface TestCallOptions extends Omit<CallOptions, 'idempotencyKey'> {
  /** Who is calling: claims of a test token, or a token; nobody by default. */
  as?: TestClaims | string;
  /** Idempotency key. */
  key?: string;
}

export interface TestService {
  /** Where it listens, without the API prefix. */
  url: string;
  app: NestFastifyApplication;
  database: TestDatabase;
  namespace: string;
  token(claims: TestClaims): string;
  /** @throws ApiProblem for every answer but success */
  call<E extends Endpoint>(endpoint: E, input: Request<E>, options?: TestCallOptions): Promise<Reply<E>>;
  close(): Promise<void>;
}

/** A service on a free port with its own database, exchanges, queues and cache keys. */
export async function createTestService<S extends z.ZodObject>(
  options: TestServiceOptions<S>,
): Promise<TestService> {
  const namespace = options.namespace ?? testNamespace();
  const database = await freshDatabase(options.name, options.prismaDir);
  const auth =
    options.name === 'auth' ? undefined : await startAuthStandIn(infrastructure().rabbitmq, namespace);
  const parts = { database, auth, namespace, service: options.name };
  const { app, url } = await launch(options, parts).catch(async (error: unknown) => {
    await closeAll(undefined, parts);
    throw error;
  });
  return {
    url,
    app,
    database,
    namespace,
    token: signTestToken,
    call: (endpoint, input, { as, key, ...rest } = {}) => {
      const token = typeof as === 'object' ? signTestToken(as) : as;
      const client = createClient({ baseUrl: url, token: () => token });
      return client.call(endpoint, input, { ...rest, ...(key === undefined ? {} : { idempotencyKey: key }) });
    },
    close: () => closeAll(app, parts),
  };
}

function environment(database: TestDatabase, namespace: string, authUrl = 'http://127.0.0.1:1', env = {}) {
  const { rabbitmq, redis } = infrastructure();
  return {
    PORT: '0',
    DATABASE_URL: database.url,
    WORKER_DATABASE_URL: database.workerUrl,
    DATABASE_POOL: '4',
    WORKER_DATABASE_POOL: '2',
    RABBITMQ_URL: rabbitmq,
    REDIS_URL: redis,
    AUTH_URL: authUrl,
    MESSAGING_NAMESPACE: namespace,
    LOG_LEVEL: 'silent',
    ORION_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    ...env,
  };
}

interface Parts {
  database: TestDatabase;
  auth: AuthStandIn | undefined;
  namespace: string;
  service: string;
}

async function launch<S extends z.ZodObject>(
  options: TestServiceOptions<S>,
  { database, auth, namespace }: Parts,
) {
  const config = loadConfig(options.config, environment(database, namespace, auth?.url, options.env));
  const app = await createService(options, config, { log: { level: 'silent' } });
  const url = await startService(app, { host: '127.0.0.1', port: 0 });
  if (options.env?.['RABBITMQ_URL'] === undefined) await eventually(() => refuseUnready(app));
  return { app, url };
}

function refuseUnready(app: NestFastifyApplication): void {
  const troubles = app.get(MessagingHealth).troubles();
  if (troubles.length > 0) throw new Error(`messaging is not ready: ${troubles.join(', ')}`);
}

async function closeAll(
  app: NestFastifyApplication | undefined,
  { database, auth, namespace, service }: Parts,
): Promise<void> {
  const consumers = app ? consumersOf(app) : [];
  await app?.close();
  await auth?.close();
  await dropNamespace(namespace, [service, 'auth'], consumers);
  await database.drop();
}

function consumersOf(app: NestFastifyApplication): string[] {
  const modules = app.get(ModuleRef);
  const { consumers } = modules.get<MessagingOptions>(MESSAGING_OPTIONS, { strict: false });
  return consumers.map((it) => modules.get(it, { strict: false }).name);
}
