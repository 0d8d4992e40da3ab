import { describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { until, untilEnough, within } from './within';

describe('within', () => {
  it('gives the result, or what is said instead when the time is over', async () => {
    expect(await within(Promise.resolve(1), 1_000, 'too long')).toBe(1);
    await expect(within(sleep(5_000, 1, { ref: false }), 10, 'no answer')).rejects.toThrow(
      'no answer within 0.01 s',
    );
    await expect(within(Promise.reject(new Error('broken')), 1_000, 'late')).rejects.toThrow('broken');
  });
});

describe('until', () => {
  it('reads again until it is so', async () => {
    let n = 0;
    expect(
      await until(
        () => Promise.resolve(++n),
        (it) => it === 2,
        5_000,
        String,
      ),
    ).toBe(2);
  });

  it('says what it saw last when the time is over', async () => {
    const never = until(
      () => Promise.resolve(7),
      () => false,
      0,
      (it) => `still ${it}`,
    );
    await expect(never).rejects.toThrow('still 7');
  });
});

describe('untilEnough', () => {
  it('waits as long as there are more each time', async () => {
    let n = 0;
    await expect(untilEnough(() => Promise.resolve(++n), 3, 0, 'done')).resolves.toBeUndefined();
    expect(n).toBe(3);
  });

  it('gives up where there is not one more', async () => {
    const still = untilEnough(() => Promise.resolve(5), 9, 100, 'taken');
    await expect(still).rejects.toThrow('5 of 9 taken, and for 0.1 s not one more');
  });
});
