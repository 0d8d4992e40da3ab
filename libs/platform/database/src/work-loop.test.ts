import { describe, expect, it } from '@jest/globals';
import { Alarm, workLoop } from './work-loop';

const quiet = { everyMs: 60_000, failed: () => undefined };

describe('work loop', () => {
  it('goes on at once while there is more to do, then sleeps until the alarm', async () => {
    const stop = new AbortController();
    const alarm = new Alarm();
    let steps = 0;
    const step = () => {
      steps++;
      if (steps === 3) setTimeout(alarm.ring, 5);
      if (steps === 4) stop.abort();
      return Promise.resolve(steps < 3);
    };
    await workLoop({ ...quiet, alarm }, step, stop.signal);
    expect(steps).toBe(4);
  });

  it('remembers an alarm that rings while it works', async () => {
    const stop = new AbortController();
    const alarm = new Alarm();
    let steps = 0;
    const step = () => {
      if (++steps === 1) alarm.ring();
      else stop.abort();
      return Promise.resolve(false);
    };
    await workLoop({ ...quiet, alarm }, step, stop.signal);
    expect(steps).toBe(2);
  });

  it('reports an error and tries again on time', async () => {
    const stop = new AbortController();
    const errors: unknown[] = [];
    let steps = 0;
    const step = () => {
      if (++steps === 1) return Promise.reject(new Error('first'));
      stop.abort();
      return Promise.resolve(false);
    };
    await workLoop(
      { everyMs: 1, alarm: new Alarm(), failed: (error) => errors.push(error) },
      step,
      stop.signal,
    );
    expect([steps, errors.length]).toEqual([2, 1]);
  });
});
