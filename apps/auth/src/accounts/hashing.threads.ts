import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { HashingAnswer, HashingTask } from './hashing-task';

/** Beside the bundle, and beside this file where it runs unbundled. */
const PROGRAM = join(__dirname, `hashing.thread.${extname(__filename) === '.ts' ? 'mts' : 'cjs'}`);

/** Threads hold a few messages and argon2's memory, which is not V8's. */
const HEAP = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4 };

/**
 * Threads that do nothing but hash, one task each at a time, below the priority of everything else: what waits for
 * a processor for microseconds is not kept waiting by what needs one for ten milliseconds. As many are started as are
 * asked at once.
 */
export class HashingThreads {
  private readonly idle: Worker[] = [];
  private readonly all = new Set<Worker>();

  /** @throws Error for what argon2 refuses, and where the thread ends */
  async run(task: HashingTask): Promise<string | boolean> {
    const thread = this.idle.pop() ?? this.start();
    const answer = await answerOf(thread, task);
    this.idle.push(thread);
    if ('failure' in answer) throw new Error(answer.failure);
    return answer.done;
  }

  async close(): Promise<void> {
    await Promise.all([...this.all].map((it) => it.terminate()));
  }

  private start(): Worker {
    const thread = new Worker(PROGRAM, { resourceLimits: HEAP });
    this.all.add(thread);
    thread.on('error', () => undefined);
    thread.once('exit', () => {
      this.all.delete(thread);
      const at = this.idle.indexOf(thread);
      if (at >= 0) this.idle.splice(at, 1);
    });
    thread.unref();
    return thread;
  }
}

async function answerOf(thread: Worker, task: HashingTask): Promise<HashingAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<HashingAnswer>();
  const ended = () => reject(new Error('the hashing thread has ended'));
  thread.once('message', resolve).once('error', reject).once('exit', ended);
  thread.postMessage(task);
  try {
    return await promise;
  } finally {
    thread.off('message', resolve).off('error', reject).off('exit', ended);
  }
}
