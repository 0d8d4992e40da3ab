import { afterEach, describe, expect, it } from '@jest/globals';
import type { Database } from '@orion/database';
import type { Log } from '@orion/logger';
import { type Dispatch, DispatchLoop } from './dispatch-loop.service';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let loop: DispatchLoop<number> | undefined;
let hint: () => void = () => undefined;

afterEach(() => loop?.stop());

/** A loop over the numbers of a queue. */
function run(queue: number[], parts: Partial<Dispatch<number>> = {}) {
  const errors: string[] = [];
  const log = { error: (event: string) => errors.push(event) } as unknown as Log;
  const database = {
    listen: (_channel: string, heard: () => void) => {
      hint = heard;
      return () => (hint = () => undefined);
    },
  } as unknown as Database;
  const dispatch: Dispatch<number> = {
    name: 'numbers',
    channel: 'numbers',
    batch: 2,
    atOnce: 3,
    claim: (count) => Promise.resolve(queue.splice(0, count)),
    handle: () => Promise.resolve(),
    untilNext: () => Promise.resolve(null),
    ...parts,
  };
  loop = new DispatchLoop(dispatch, database, log);
  loop.start();
  return { errors };
}

describe('DispatchLoop', () => {
  it('claims no more than it has places for, and goes on when one is free', async () => {
    let now = 0;
    let most = 0;
    const done: number[] = [];
    run([1, 2, 3, 4, 5, 6, 7], {
      handle: async (row) => {
        most = Math.max(most, ++now);
        await pause(5);
        now--;
        done.push(row);
      },
    });
    await pause(150);
    expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(most).toBe(3);
  });

  it('wakes for a hint', async () => {
    const queue: number[] = [];
    const done: number[] = [];
    run(queue, { handle: async (row) => void done.push(row) });
    await pause(20);
    queue.push(1);
    hint();
    await pause(20);
    expect(done).toEqual([1]);
  });

  it('wakes when the next row is due', async () => {
    const queue: number[] = [];
    const done: number[] = [];
    run(queue, { handle: async (row) => void done.push(row), untilNext: () => Promise.resolve(60) });
    await pause(20);
    queue.push(1);
    await pause(120);
    expect(done).toEqual([1]);
  });

  it('survives a failing claim and a failing row', async () => {
    let failures = 2;
    const done: number[] = [];
    const { errors } = run([1, 2], {
      claim: (count) =>
        failures-- > 0 ? Promise.reject(new Error('away')) : Promise.resolve([1, 2].splice(0, count)),
      handle: async (row) => {
        done.push(row);
        if (row === 1) throw new Error('bad row');
        failures = Number.POSITIVE_INFINITY;
      },
    });
    hint();
    await pause(20);
    hint();
    await pause(50);
    expect(done).toEqual([1, 2]);
    expect(errors).toContain('dispatch_claim_failed');
    expect(errors).toContain('dispatch_result_failed');
  });

  it('claims nothing after it was stopped, and ends what is in hand', async () => {
    const queue = [1, 2, 3, 4, 5];
    const done: number[] = [];
    run(queue, {
      atOnce: 2,
      handle: async (row) => {
        await pause(30);
        done.push(row);
      },
    });
    await pause(10);
    await loop?.stop();
    expect(done).toEqual([1, 2]);
    await pause(50);
    expect(queue).toEqual([3, 4, 5]);
  });
});
