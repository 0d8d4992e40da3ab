import { verify } from '@node-rs/argon2';
import { performance } from 'node:perf_hooks';

/** What the bench asks of this process: verify passwords, so many at once, and do nothing else. */
export interface Task {
  /** A hash as auth stores it; it says with which parameters it is verified. */
  stored: string;
  password: string;
  concurrency: number;
  milliseconds: number;
}

export interface Verified {
  /** Verifies per second. */
  rate: number;
}

async function work({ stored, password, concurrency, milliseconds }: Task): Promise<Verified> {
  const begun = performance.now();
  let done = 0;
  const one = async (): Promise<void> => {
    while (performance.now() - begun < milliseconds) {
      if (!(await verify(stored, password))) throw new Error('the password does not fit');
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, one));
  return { rate: (done * 1000) / (performance.now() - begun) };
}

process.on('message', (task: Task) => {
  work(task).then(
    (done) => process.send?.(done),
    (error: Error) => process.send?.({ error: error.message }),
  );
});
process.once('disconnect', () => process.exit());
process.send?.({ port: 0 });
