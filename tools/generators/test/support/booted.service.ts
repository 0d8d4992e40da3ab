import {
  dropNamespace,
  freshDatabase,
  infrastructure,
  startAuthStandIn,
  testNamespace,
} from '@orion/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface BootedService {
  url: string;
  /** Tells it to stop; the code it ends with. */
  stop(): Promise<number | null>;
}

/** A built service as a process of its own, with a fresh database; auth is stood in for. */
export async function boot(root: string, name: string): Promise<BootedService> {
  const { rabbitmq, redis } = infrastructure();
  const namespace = testNamespace();
  const app = join(root, 'apps', name);
  const database = await freshDatabase(name, join(app, 'prisma'));
  const auth = await startAuthStandIn(rabbitmq, namespace);
  const env = {
    ...process.env,
    PORT: '0',
    DATABASE_URL: database.url,
    WORKER_DATABASE_URL: database.workerUrl,
    RABBITMQ_URL: rabbitmq,
    REDIS_URL: redis,
    AUTH_URL: auth.url,
    MESSAGING_NAMESPACE: namespace,
  };
  const program = join(app, 'dist', 'main.cjs');
  const service = spawn(process.execPath, [program], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(service, 'exit') as Promise<[number | null]>;
  const said: string[] = [];
  const url = await new Promise<string>((found, failed) => {
    createInterface(service.stdout).on('line', (line) => {
      said.push(line);
      const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
      if (address && line.includes('service_start_completed')) found(address);
    });
    void ended.then(([code]) => failed(new Error(`${name} ended with ${code}:\n${said.join('\n')}`)));
  });
  return {
    url,
    async stop() {
      service.kill('SIGTERM');
      const [code] = await ended;
      await auth.close();
      await dropNamespace(namespace, [name, 'auth'], []);
      await database.drop();
      return code;
    },
  };
}
