import { describe, expect, it } from '@jest/globals';
import { byDay, strongest } from './slots';
import { alternativesOf } from './alternatives';

const slot = (startsAt: string) => ({ startsAt, endsAt: startsAt, technicians: 1 });

describe('slots', () => {
  it('are grouped by the day where the job is', () => {
    const days = byDay([slot('2026-11-23T22:30:00Z'), slot('2026-11-23T23:30:00Z')], 'Europe/Paris');
    expect([...days.keys()]).toEqual(['2026-11-23', '2026-11-24']);
  });

  it('say which rules stand in the way most', () => {
    const blocked = [{ rules: { BUSY: 2, SKILL: 9 } }, { rules: { BUSY: 3, SHIFT: 1, HOLD: 1, TRAVEL: 4 } }];
    expect(strongest(blocked)).toEqual(['SKILL', 'BUSY', 'TRAVEL']);
    expect(strongest()).toEqual([]);
  });
});

describe('alternatives', () => {
  it('are read from a conflict, and nothing else is', () => {
    const free = { startsAt: '2026-11-23T08:00:00Z', endsAt: '2026-11-23T09:00:00Z', technicians: 2 };
    expect(alternativesOf({ alternatives: [free, { startsAt: 'soon' }, '2026-11-23T09:00:00Z'] })).toEqual([
      { startsAt: free.startsAt },
      { startsAt: '2026-11-23T09:00:00Z' },
    ]);
    expect(alternativesOf({})).toEqual([]);
  });
});
