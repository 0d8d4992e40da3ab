import { type Platform, queryRows } from '@orion/access';
import { freshTestDatabase, type TestDatabase } from '@orion/database';
import { names } from '@orion/messaging';
import { SERVICE_FLAGS } from '@orion/workspace';
import { connect } from 'amqplib';
import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Task } from '../src/task';
import { publishRaw } from './exchange';

const WORKER = resolve(__dirname, '../dist/main.cjs');
const PRISMA = resolve(__dirname, '../prisma');

export interface Count {
  things: number;
  outbox: number;
  waiting: number;
  inbox: number;
  effects: number;
  distinctEffects: number;
  deadLetters: number;
}

export const inWords = (it: Count): string =>
  `${it.things} states, ${it.outbox} events (${it.waiting} waiting), ${it.inbox} in the inbox, ${it.effects} effects of ${it.distinctEffects} events, ${it.deadLetters} dead letters`;

const isReady = (child: ChildProcess): Promise<void> =>
  new Promise((ready) => child.on('message', (message) => message === 'ready' && ready()));

/** Databases, queues and processes of one fault, apart from everybody else's. */
export class Ground {
  readonly organizationId = randomUUID();
  readonly namespace = `faults-${randomUUID().slice(0, 8)}`;
  private readonly processes = new Set<ChildProcess>();
  private readonly latest = new Map<Task['service'], ChildProcess>();
  private readonly tries = new Map<string, number>();
  private readonly told = new EventEmitter();

  private constructor(
    readonly platform: Platform,
    readonly producer: TestDatabase,
    readonly consumer: TestDatabase,
  ) {
    this.told.on('tried', ({ tried }: { tried: string }) => this.tries.set(tried, this.triesOf(tried) + 1));
  }

  static async of(platform: Platform): Promise<Ground> {
    const producer = await freshTestDatabase(platform.postgres.adminUrl, 'faults', PRISMA);
    const consumer = await freshTestDatabase(platform.postgres.adminUrl, 'faults', PRISMA);
    return new Ground(platform, producer, consumer);
  }

  /** Starts a process of the platform's own messaging code; resolves when it works. */
  async start(task: Partial<Task> & Pick<Task, 'service'>): Promise<ChildProcess> {
    const database = this[task.service];
    const whole: Task = {
      databaseUrl: database.url,
      workerDatabaseUrl: database.workerUrl,
      rabbitmqUrl: this.platform.rabbitmqUrl,
      namespace: this.namespace,
      organizationId: this.organizationId,
      produce: 0,
      unbearable: [],
      ...task,
    };
    const child = spawn(process.execPath, [...SERVICE_FLAGS, WORKER], {
      env: { ...process.env, FAULTS_TASK: JSON.stringify(whole) },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.processes.add(child);
    this.latest.set(task.service, child);
    child.once('exit', () => this.processes.delete(child));
    child.on('message', (message) => {
      if (typeof message !== 'object') return;
      this.told.emit(Object.keys(message)[0] ?? '', message);
    });
    await Promise.race([isReady(child), once(child, 'exit')]);
    return child;
  }

  /** What a process tells next under this name. */
  async next<T>(name: string): Promise<T> {
    const [message] = (await once(this.told, name)) as [T];
    return message;
  }

  /** How often a handler was called with the event of an unbearable thing. */
  triesOf(subject: string): number {
    return this.tries.get(subject) ?? 0;
  }

  /** kill -9 of the process of this service that was started last. */
  kill(service: Task['service']): void {
    this.latest.get(service)?.kill('SIGKILL');
  }

  /** Waits for a process that is killed. */
  async death(child: ChildProcess, withinMs = 30_000): Promise<void> {
    if (child.signalCode === null && child.exitCode === null) {
      await Promise.race([
        once(child, 'exit'),
        sleep(withinMs).then(() => Promise.reject(new Error('the process did not reach its kill point'))),
      ]);
    }
    if (child.signalCode !== 'SIGKILL')
      throw new Error(`the process ended with ${child.signalCode ?? child.exitCode}, not by SIGKILL`);
  }

  async stop(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }

  async count(): Promise<Count> {
    const [produced] = await queryRows(
      this.producer.auditUrl,
      `SELECT (SELECT coalesce(sum(version), 0)::int FROM thing) AS things, count(*)::int AS outbox,
              count(*) FILTER (WHERE published_at IS NULL)::int AS waiting FROM platform.outbox`,
    );
    const [consumed] = await queryRows(
      this.consumer.auditUrl,
      `SELECT (SELECT count(*)::int FROM platform.inbox) AS inbox, count(*)::int AS effects,
              count(DISTINCT event_id)::int AS "distinctEffects",
              (SELECT count(*)::int FROM platform.dead_letter) AS "deadLetters" FROM effect`,
    );
    return { ...produced, ...consumed } as unknown as Count;
  }

  /** Looks until `isDone` or the time is over; answers with the last count either way. */
  async settle(isDone: (count: Count) => boolean, withinMs: number): Promise<Count> {
    for (const until = Date.now() + withinMs; ; await sleep(250)) {
      const count = await this.count();
      if (isDone(count) || Date.now() > until) return count;
    }
  }

  /** Puts bytes on the events exchange as a producer that went wrong would. */
  async throwIn(messages: readonly { key: string; body: Buffer }[]): Promise<void> {
    await publishRaw(this.platform.rabbitmqUrl, names(this.namespace).events, messages);
  }

  async clear(): Promise<void> {
    for (const child of this.processes) child.kill('SIGKILL');
    const connection = await connect(this.platform.rabbitmqUrl);
    const channel = await connection.createChannel();
    const own = names(this.namespace);
    const queues = [
      own.consumerQueue('consumer.effects'),
      own.deadLetterQueue('consumer'),
      own.unroutable,
      ...['gateway', 'consumer'].map(own.questionQueue),
    ];
    for (const queue of queues) await channel.deleteQueue(queue);
    for (const exchange of [own.events, own.deadLetters, own.unroutable])
      await channel.deleteExchange(exchange);
    await connection.close();
    await Promise.all([this.producer.drop(), this.consumer.drop()]);
  }
}

export async function onGround<T>(platform: Platform, work: (ground: Ground) => Promise<T>): Promise<T> {
  const ground = await Ground.of(platform);
  try {
    return await work(ground);
  } finally {
    await ground.clear();
  }
}

/** State rows = outbox rows = inbox rows = effects, each event's effect once. */
export const isWhole = (it: Count): boolean =>
  it.things === it.outbox &&
  it.waiting === 0 &&
  it.inbox === it.outbox &&
  it.effects === it.outbox &&
  it.distinctEffects === it.outbox;
