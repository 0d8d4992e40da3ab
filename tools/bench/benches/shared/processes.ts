import { SERVICE_FLAGS } from '@orion/workspace';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** The program that sends requests; its orders are `Order`s. */
export const LOAD = join(__dirname, 'load.mts');

async function messageOf(child: ChildProcess): Promise<unknown> {
  const heard = new AbortController();
  const { signal } = heard;
  try {
    const [message] = (await Promise.race([
      once(child, 'message', { signal }),
      once(child, 'exit', { signal }).then(([code]) => {
        throw new Error(`a process of the benchmark ended with ${String(code)}`);
      }),
    ])) as [unknown];
    return message;
  } finally {
    heard.abort();
  }
}

/** A program of a benchmark that is running. */
export interface Program {
  /** Where it listens; 0 where it does not. */
  port: number;
  /** @throws Error for an answer that says `error` */
  ask<A>(question: object): Promise<A>;
}

/** Processes of one benchmark. */
export class Processes {
  private readonly children = new Set<ChildProcess>();

  /**
   * Runs a program, by its whole path, with nothing in between, so that no loader changes what is measured; it tells
   * its port when it listens and ends with us.
   */
  async start(program: string, env: NodeJS.ProcessEnv = {}): Promise<Program> {
    const child = spawn(process.execPath, [program], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.children.add(child);
    const { port } = (await messageOf(child)) as { port: number };
    return {
      port,
      async ask<A>(question: object) {
        const answer = messageOf(child);
        child.send(question);
        const told = (await answer) as A & { error?: string };
        if (told.error !== undefined) throw new Error(told.error);
        return told;
      },
    };
  }

  /** Runs a built service. It logs as in production; nobody reads it. */
  run(bundle: string, env: NodeJS.ProcessEnv): void {
    const child = spawn(process.execPath, [...SERVICE_FLAGS, bundle], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    this.children.add(child);
  }

  async stop(): Promise<void> {
    const running = [...this.children].filter((it) => it.exitCode === null && it.signalCode === null);
    await Promise.all(
      running.map((child) => {
        const ended = once(child, 'exit');
        child.kill('SIGTERM');
        return ended;
      }),
    );
  }
}
