import { describe, expect, it } from '@jest/globals';
import { Admission, Refused } from './admission';

const gate = () => {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
};

describe('Admission', () => {
  it('runs no more works at once than there are places, in the order they came', async () => {
    const admission = new Admission(2, 10);
    let running = 0;
    let most = 0;
    const started: number[] = [];
    const work = (n: number) => async () => {
      started.push(n);
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 2));
      running -= 1;
      return n;
    };
    const results = await Promise.all([0, 1, 2, 3, 4, 5].map((n) => admission.run(work(n))));
    expect(results).toEqual([0, 1, 2, 3, 4, 5]);
    expect(started).toEqual([0, 1, 2, 3, 4, 5]);
    expect(most).toBe(2);
  });

  it('refuses at once what finds the queue full, and admits again when a place is free', async () => {
    const admission = new Admission(1, 1);
    const { open, opened } = gate();
    const first = admission.run(() => opened);
    const second = admission.run(async () => 'second');
    await expect(admission.run(async () => 'third')).rejects.toThrow(Refused);
    open();
    await first;
    expect(await second).toBe('second');
    expect(await admission.run(async () => 'later')).toBe('later');
  });

  it('frees the place of a work that fails', async () => {
    const admission = new Admission(1, 0);
    await expect(admission.run(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(await admission.run(async () => 1)).toBe(1);
  });
});
