import { freshTestDatabase, type TestDatabase } from '@orion/database';
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Ground } from '../../bench';
import { Processes } from '../shared/processes';
import { folderOf, freePort, type Running, startService } from '../shared/service.process';

/** What signing in needs of the platform; `user` is there for the accounts' first organizations. */
export const APPS = ['auth', 'user', 'gateway'] as const;
type App = (typeof APPS)[number];

const each = async <T>(work: (app: App) => Promise<T>): Promise<Record<App, T>> =>
  Object.fromEntries(await Promise.all(APPS.map(async (app) => [app, await work(app)]))) as Record<App, T>;

/** Built services on databases of their own, as they are deployed. */
export class Platform {
  private constructor(
    readonly processes: Processes,
    readonly databases: Record<App, TestDatabase>,
    readonly services: Record<App, Running>,
  ) {}

  static async start(ground: Ground): Promise<Platform> {
    const processes = new Processes();
    const databases = await each((app) =>
      freshTestDatabase(ground.ORION_POSTGRES_URL, app, join(folderOf(app), 'prisma')),
    );
    const ports = await each(async () => String(await freePort()));
    const url = (app: App): string => `http://127.0.0.1:${ports[app]}`;
    const shared = {
      RABBITMQ_URL: ground.ORION_RABBITMQ_URL,
      REDIS_URL: ground.ORION_REDIS_URL,
      MESSAGING_NAMESPACE: `bench-${randomUUID().slice(0, 8)}`,
      ORION_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      AUTH_URL: url('auth'),
      USER_URL: url('user'),
      SCHEDULING_URL: url('user'),
      NOTIFICATION_URL: url('user'),
    };
    const services = await each((app) =>
      startService(processes, app, {
        ...shared,
        PORT: ports[app],
        DATABASE_URL: databases[app].url,
        WORKER_DATABASE_URL: databases[app].workerUrl,
      }),
    );
    return new Platform(processes, databases, services);
  }

  async stop(): Promise<void> {
    await this.processes.stop();
    for (const database of Object.values(this.databases)) await database.drop();
  }
}
