import { SERVICE_FLAGS } from '@orion/workspace';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Order, Passed, Task, Written } from '../../src/task';

const PROGRAM = resolve(__dirname, '../../dist/main.cjs');
const READY_WITHIN_MS = 60_000;
const ANSWER_WITHIN_MS = 300_000;

type AnswerTo<O extends Order> = O extends { do: 'write' | 'pace' }
  ? Written
  : O extends { do: 'await' }
    ? Passed
    : undefined;

interface Reply {
  id: number;
  answer?: unknown;
  failure?: string;
}

async function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  const done = new AbortController();
  const late = sleep(ms, undefined, { signal: done.signal }).then(() => {
    throw new Error(`${what} took more than ${ms / 1_000} s`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    done.abort();
    late.catch(() => undefined);
  }
}

/** A process of the platform's own code that carries out orders. */
export class Worker {
  private orders = 0;

  private constructor(
    private readonly name: string,
    private readonly child: ChildProcess,
  ) {}

  /** @param env beside this process's own; `ORION_ROLE=api` keeps relay and consumers out */
  static async start(name: string, task: Task, env: NodeJS.ProcessEnv = {}): Promise<Worker> {
    const child = spawn(process.execPath, [...SERVICE_FLAGS, PROGRAM], {
      env: { ...process.env, ...env, BENCH_TASK: JSON.stringify(task) },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const worker = new Worker(name, child);
    await within(
      READY_WITHIN_MS,
      `the start of the ${name}`,
      worker.next((it) => it === 'ready'),
    );
    return worker;
  }

  /** @throws Error where the process fails at it, ends, or takes too long */
  async ask<O extends Order>(order: O): Promise<AnswerTo<O>> {
    const id = ++this.orders;
    const answered = this.next((it) => (it as Reply).id === id);
    this.child.send({ id, order });
    const { answer, failure } = (await within(
      ANSWER_WITHIN_MS,
      `${order.do} of the ${this.name}`,
      answered,
    )) as Reply;
    if (failure !== undefined) throw new Error(`${order.do} of the ${this.name}: ${failure}`);
    return answer as AnswerTo<O>;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
  }

  private next(isIt: (message: unknown) => boolean): Promise<unknown> {
    return new Promise((found, failed) => {
      const ended = (code: unknown, signal: unknown) =>
        failed(new Error(`the ${this.name} ended (${String(signal ?? code)})`));
      const heard = (message: unknown) => {
        if (!isIt(message)) return;
        this.child.off('message', heard).off('exit', ended);
        found(message);
      };
      this.child.on('message', heard).once('exit', ended);
    });
  }
}
