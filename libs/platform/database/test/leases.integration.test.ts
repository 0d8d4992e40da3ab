import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Leases } from '../src';
import { connect, eventually, openSample, type Sample, silent } from './support/sample';

describe('leases', () => {
  let sample: Sample;
  let leases: Leases;

  beforeAll(async () => {
    sample = await openSample();
    leases = new Leases(sample.database, silent());
  });
  afterAll(() => sample.close());

  it('have one holder at a time, in turn', async () => {
    const stop = new AbortController();
    let holders = 0;
    let most = 0;
    let turns = 0;
    const work = async () => {
      most = Math.max(most, ++holders);
      turns++;
      await sleep(10);
      holders--;
    };
    const all = Array.from({ length: 5 }, () => leases.hold('turns', { ttlMs: 600 }, work, stop.signal));
    await eventually(() => expect(turns).toBeGreaterThan(5));
    stop.abort();
    await Promise.all(all);
    expect(most).toBe(1);
  });

  it('give each holder a higher token', async () => {
    const [a, b] = [randomUUID(), randomUUID()];
    const first = await leases.take('tokens', a, 10_000);
    expect(await leases.take('tokens', b, 10_000)).toBeUndefined();
    await leases.release('tokens', a, first ?? 0n);
    const second = await leases.take('tokens', b, 10_000);
    expect(second).toBe((first ?? 0n) + 1n);
    expect(await leases.renew('tokens', a, 10_000, first ?? 0n)).toBe(false);
    expect(await leases.renew('tokens', b, 10_000, second ?? 0n)).toBe(true);
  });

  it('pass to another when their holder falls silent', async () => {
    await leases.take('silent', randomUUID(), 200);
    const stop = new AbortController();
    const tokens: bigint[] = [];
    await leases.hold(
      'silent',
      { ttlMs: 200 },
      ({ token }) => Promise.resolve(void (tokens.push(token), stop.abort())),
      stop.signal,
    );
    expect(tokens).toEqual([2n]);
  });

  it('tell their holder when they are lost', async () => {
    const stop = new AbortController();
    const lost = Promise.withResolvers<void>();
    const holding = leases.hold(
      'stolen',
      { ttlMs: 300 },
      async ({ signal }) => {
        await sample.database.workerClient.$executeRawUnsafe(
          `UPDATE platform.lease SET token = token + 1, holder = '${randomUUID()}' WHERE name = 'stolen'`,
        );
        await new Promise((aborted) => signal.addEventListener('abort', aborted));
        lost.resolve();
      },
      stop.signal,
    );
    await lost.promise;
    stop.abort();
    await holding;
  });

  it('end before another may start when the database cannot be reached', async () => {
    const apart = connect(sample.copy);
    const unreachable = new Leases(apart, silent());
    const stop = new AbortController();
    const held = Promise.withResolvers<number>();
    const started = performance.now();
    const holding = unreachable.hold(
      'apart',
      { ttlMs: 3_000 },
      async ({ signal }) => {
        await apart.onApplicationShutdown();
        await new Promise((aborted) => signal.addEventListener('abort', aborted));
        held.resolve(performance.now() - started);
      },
      stop.signal,
    );
    expect(await held.promise).toBeLessThan(3_000);
    stop.abort();
    await holding;
  });

  it('are tried again when the work fails', async () => {
    const stop = new AbortController();
    let runs = 0;
    const work = () => {
      if (++runs === 2) stop.abort();
      return Promise.reject(new Error('work failed'));
    };
    await leases.hold('failing', { ttlMs: 60 }, work, stop.signal);
    expect(runs).toBe(2);
  });
});
