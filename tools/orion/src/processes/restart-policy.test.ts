import { describe, expect, it } from '@jest/globals';
import { verdict } from './restart-policy';

describe('restart policy', () => {
  it('starts a dead process again at once', () => {
    expect(verdict({ earlierEnds: 0, ranMs: 5_000, settled: true })).toEqual({
      restart: true,
      inMs: 50,
      endsInARow: 1,
    });
  });

  it('waits longer with every end in a row, up to ten seconds', () => {
    const pauses: number[] = [];
    let earlierEnds = 0;
    for (let ends = 0; ends < 9; ends += 1) {
      const next = verdict({ earlierEnds, ranMs: 100, settled: true });
      if (!next.restart) throw new Error('gave up');
      pauses.push(next.inMs);
      earlierEnds = next.endsInARow;
    }
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(pauses.at(-1)).toBe(10_000);
  });

  it('forgets earlier ends once a process ran steadily', () => {
    expect(verdict({ earlierEnds: 8, ranMs: 60_000, settled: true })).toMatchObject({
      inMs: 50,
      endsInARow: 1,
    });
  });

  it('gives up a process that never gets up while the platform starts', () => {
    expect(verdict({ earlierEnds: 1, ranMs: 100, settled: false }).restart).toBe(true);
    expect(verdict({ earlierEnds: 2, ranMs: 100, settled: false }).restart).toBe(false);
  });

  it('never gives up once the platform was ready', () => {
    expect(verdict({ earlierEnds: 500, ranMs: 100, settled: true }).restart).toBe(true);
  });
});
