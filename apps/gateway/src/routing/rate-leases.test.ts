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

/** One request at one gateway, whose question to the counter is answered at once. */
function request(leases: RateLeases, counter: SharedCounter, now: number, key = 'token:a') {
  const counted = leases.spend(key, now);
  if (counted) return counted;
  return leases.keep(key, counter.take(leases.pointsToTake(key, now), now), now);
}

describe('rate leases', () => {
  it('tell a single caller exactly where it stands, to the last request', () => {
    const [leases, counter] = [new RateLeases(200), new SharedCounter()];
    const left = Array.from({ length: 202 }, (_, n) => request(leases, counter, n));
    expect(left.slice(0, 200).map((it) => it.remaining)).toEqual(
      Array.from({ length: 200 }, (_, n) => 199 - n),
    );
    expect(left.map((it) => it.allowed)).toEqual(Array.from({ length: 202 }, (_, n) => n < 200));
    expect(left.at(-1)).toEqual({ limit: 200, remaining: 0, resetMs: WINDOW_MS - 201, allowed: false });
  });

  it('ask for every request of one who calls seldom, for ever fewer of one who calls often', () => {
    const [leases, counter] = [new RateLeases(6_000), new SharedCounter()];
    for (let n = 0; n < 3; n += 1) request(leases, counter, n);
    expect(counter.asked).toBe(2);
    for (let n = 3; n < 1_000; n += 1) request(leases, counter, n);
    expect(counter.asked).toBeLessThan(20);
  });

  it('do not ask again in a window that is used up, and begin anew with the next', () => {
    const [leases, counter] = [new RateLeases(1), new SharedCounter()];
    expect(request(leases, counter, 0).allowed).toBe(true);
    expect([1, 2, 3].map((now) => request(leases, counter, now).allowed)).toEqual([false, false, false]);
    expect(counter.asked).toBe(1);
    expect(request(leases, counter, WINDOW_MS)).toMatchObject({ allowed: true, remaining: 0 });
  });

  it('take points in advance once at a time', () => {
    const [leases, counter] = [new RateLeases(6_000), new SharedCounter()];
    for (let n = 0; n < 3; n += 1) request(leases, counter, n);
    expect([leases.pointsToTake('token:a', 3), leases.pointsToTake('token:a', 3)]).toEqual([4, 1]);
    leases.giveUp('token:a');
    expect(leases.pointsToTake('token:a', 3)).toBe(4);
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
          if (counted) continue;
          // The counter counts at once; its answer may come after other requests.
          const taken = counter.take(leases.pointsToTake('a', now), now);
          answers.push(() => {
            if (leases.keep('a', taken, now).allowed) pass(taken.endsAt);
          });
          while (answers.length > late) answers.shift()?.();
        }
        for (const answer of answers) answer();
        for (const count of passed.values()) expect(count).toBeLessThanOrEqual(limit);
      }),
    );
  });
});
