import { freshTestDatabase, type TestDatabase } from '@orion/database';
import { names } from '@orion/messaging';
import { connect } from 'amqplib';
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { Ground as Addresses } from '../../bench';
import { CONSUMER, type Task } from '../../src/task';
import { Worker } from './worker.process';

const PRISMA = resolve(__dirname, '../../prisma');
const ORGANIZATIONS = 10;

/** Databases, queues and processes of the events benchmark, apart from everybody else's. */
export class Ground {
  readonly namespace = `bench-${randomUUID().slice(0, 8)}`;
  private readonly organizations = Array.from({ length: ORGANIZATIONS }, () => randomUUID());
  private readonly workers = new Set<Worker>();

  private constructor(
    private readonly addresses: Addresses,
    private readonly databases: Record<Task['service'] | 'raw', TestDatabase>,
  ) {}

  static async of(addresses: Addresses): Promise<Ground> {
    const fresh = () => freshTestDatabase(addresses.ORION_POSTGRES_URL, 'bench', PRISMA);
    return new Ground(addresses, { producer: await fresh(), consumer: await fresh(), raw: await fresh() });
  }

  get rabbitmqUrl(): string {
    return this.addresses.ORION_RABBITMQ_URL;
  }

  /** A database of the same tables for the limits, as a role without row-level security. */
  get rawUrl(): string {
    const url = new URL(this.addresses.ORION_POSTGRES_URL);
    url.pathname = this.databases.raw.database;
    return url.toString();
  }

  async start(name: string, service: Task['service'], env?: NodeJS.ProcessEnv): Promise<Worker> {
    const { url, workerUrl } = this.databases[service];
    const worker = await Worker.start(
      name,
      {
        service,
        databaseUrl: url,
        workerDatabaseUrl: workerUrl,
        rabbitmqUrl: this.rabbitmqUrl,
        namespace: this.namespace,
        organizations: this.organizations,
      },
      env,
    );
    this.workers.add(worker);
    return worker;
  }

  async clear(): Promise<void> {
    await Promise.all([...this.workers].map((it) => it.stop()));
    const connection = await connect(this.rabbitmqUrl);
    const channel = await connection.createChannel();
    const own = names(this.namespace);
    const queues = [
      own.consumerQueue(CONSUMER),
      own.deadLetterQueue('consumer'),
      own.unroutable,
      ...['gateway', 'consumer'].map(own.questionQueue),
    ];
    for (const queue of queues) await channel.deleteQueue(queue);
    for (const exchange of [own.events, own.deadLetters, own.unroutable])
      await channel.deleteExchange(exchange);
    await connection.close();
    for (const database of Object.values(this.databases)) await database.drop();
  }
}
