import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RateLeases } from './rate-leases';
import { WINDOW_SECONDS } from './rate-limit';

const WINDOW_MS = WINDOW_SECONDS * 1000;

/** The counter all gateways share, as Redis keeps it: a window begins with the first points taken. */
class SharedCounter {
  asked = 0;
  private consumed = 0;
  private endsAt = -Infinity;

  take(points: number, now: number) {
    this.asked += 1;
    if (now >= this.endsAt) {
      this.consumed = 0;
      this.endsAt = now + WINDOW_MS;
    }
    this.consumed += points;
    return { points, consumed: this.consumed, endsAt: this.endsAt };
  }
}

/** One request at one gateway, whose questions to the counter are answered at once. */
function request(leases: RateLeases, counter: SharedCounter, now: number, key = 'token:a') {
  const counted = leases.spend(key, now) ?? leases.count(key, counter.take(1, now), now);
  const ahead = leases.wanted(key, now);
  if (ahead > 0) leases.keep(key, counter.take(ahead, now), now);
  return counted;
}

describe('rate leases', () => {
  it('tell a single caller exactly where it stands, to the last request', () => {
    const [leases, counter] = [new RateLeases(200), new SharedCounter()];
    const told = Array.from({ length: 202 }, (_, n) => request(leases, counter, n));
    expect(told.slice(0, 200).map((it) => it.remaining)).toEqual(
      Array.from({ length: 200 }, (_, n) => 199 - n),
    );
    expect(told.map((it) => it.allowed)).toEqual(Array.from({ length: 202 }, (_, n) => n < 200));
    expect(told.at(-1)).toEqual({ limit: 200, remaining: 0, resetMs: WINDOW_MS - 201, allowed: false });
  });

  it('take nothing in advance for one who calls seldom, and seldom ask for one who calls often', () => {
    const [leases, counter] = [new RateLeases(6_000), new SharedCounter()];
    request(leases, counter, 0);
    expect([counter.asked, leases.wanted('token:a', 0)]).toEqual([1, 0]);
    for (let n = 1; n < 1_000; n += 1) request(leases, counter, n);
    expect(counter.asked).toBeLessThan(25);
  });

  it('let no caller wait for points any more once it calls often', () => {
    const [leases, counter] = [new RateLeases(6_000), new SharedCounter()];
    for (let n = 0; n < 2; n += 1) request(leases, counter, n);
    for (let n = 2; n < 1_000; n += 1) {
      expect(leases.spend('token:a', n)).toMatchObject({ allowed: true });
      const ahead = leases.wanted('token:a', n);
      if (ahead > 0) leases.keep('token:a', counter.take(ahead, n), n);
    }
  });

  it('do not ask again in a window that is used up, and begin anew with the next', () => {
    const [leases, counter] = [new RateLeases(1), new SharedCounter()];
    expect(request(leases, counter, 0).allowed).toBe(true);
    expect([1, 2, 3].map((now) => request(leases, counter, now).allowed)).toEqual([false, false, false]);
    expect(counter.asked).toBe(1);
    expect(request(leases, counter, WINDOW_MS)).toMatchObject({ allowed: true, remaining: 0 });
  });

  it('take points in advance once at a time', () => {
    const leases = new RateLeases(6_000);
    const counter = new SharedCounter();
    for (let n = 0; n < 2; n += 1) leases.count('token:a', counter.take(1, n), n);
    expect([leases.wanted('token:a', 3), leases.wanted('token:a', 3)]).toEqual([2, 0]);
    leases.giveUp('token:a');
    expect(leases.wanted('token:a', 3)).toBe(2);
  });

  it('never let several gateways pass more than the limit in a window', () => {
    const step = fc.record({ gateway: fc.nat(2), wait: fc.integer({ min: 0, max: 2_000 }), late: fc.nat(3) });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 120 }), fc.array(step, { maxLength: 600 }), (limit, steps) => {
        const gateways = [0, 1, 2].map(() => new RateLeases(limit));
        const counter = new SharedCounter();
        const passed = new Map<number, number>();
        const pass = (window: number) => passed.set(window, (passed.get(window) ?? 0) + 1);
        const answers: (() => void)[] = [];
        let now = 0;
        for (const { gateway, wait, late } of steps) {
          now += wait;
          const leases = gateways[gateway] as RateLeases;
          const counted = leases.spend('a', now);
          if (counted?.allowed) pass(now + counted.resetMs);
          // The counter counts at once; its answers may come after other requests.
          const ahead = leases.wanted('a', now);
          if (ahead > 0) {
            const taken = counter.take(ahead, now);
            answers.push(() => leases.keep('a', taken, now));
          }
          if (!counted) {
            const taken = counter.take(1, now);
            answers.push(() => {
              if (leases.count('a', taken, now).allowed) pass(taken.endsAt);
            });
          }
          while (answers.length > late) answers.shift()?.();
        }
        for (const answer of answers) answer();
        for (const count of passed.values()) expect(count).toBeLessThanOrEqual(limit);
      }),
    );
  });
});
