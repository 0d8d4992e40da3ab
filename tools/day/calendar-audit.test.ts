import { describe, expect, it } from '@jest/globals';
import {
  type BookedJob,
  impossibleWays,
  missedWindows,
  overlaps,
  travelKm,
  unmetSkills,
} from './calendar-audit';

const at = (time: string): Date => new Date(`2026-11-23T${time}:00Z`);
const north = (km: number) => ({ latitude: 45.764 + km / 111.195, longitude: 4.8357 });

const job = (change: Partial<BookedJob> = {}): BookedJob => ({
  orderNumber: 'SO-1',
  orderState: 'ASSIGNED',
  bookingState: 'CONFIRMED',
  technicianId: 't',
  technicianName: 'Ana',
  home: north(0),
  technicianSkills: ['skill-1', 'tool-2'],
  shiftFrom: at('07:00'),
  shiftTo: at('12:45'),
  skills: ['skill-1'],
  place: north(10),
  earliestStart: at('08:00'),
  latestStart: at('08:30'),
  startsAt: at('08:15'),
  endsAt: at('08:30'),
  ...change,
});

describe('the audit of a day’s calendar', () => {
  it('finds nothing in a sound day', () => {
    const day = [
      job(),
      job({
        orderNumber: 'SO-2',
        place: north(20),
        startsAt: at('08:45'),
        endsAt: at('09:00'),
        latestStart: at('09:00'),
      }),
    ];
    expect([overlaps(day), unmetSkills(day), missedWindows(day), impossibleWays(day)]).toEqual([
      [],
      [],
      [],
      [],
    ]);
    expect(travelKm(day)).toBeCloseTo(40, 1);
  });

  it('finds two jobs at one time', () => {
    expect(
      overlaps([job(), job({ orderNumber: 'SO-2', startsAt: at('08:29'), endsAt: at('08:44') })]),
    ).toEqual(['SO-1 and SO-2 of Ana']);
  });

  it('finds a missing skill', () => {
    expect(unmetSkills([job({ skills: ['skill-1', 'tool-0'] })])).toHaveLength(1);
  });

  it('finds a start outside its window', () => {
    expect(missedWindows([job({ startsAt: at('08:45') }), job({ startsAt: at('07:45') })])).toHaveLength(2);
  });

  it('finds a way that is too long for the time between two jobs', () => {
    const next = job({ orderNumber: 'SO-2', place: north(25), startsAt: at('08:45'), endsAt: at('09:00') });
    expect(impossibleWays([job(), next])).toEqual(['SO-1 to SO-2']);
  });

  it('finds a way from home or back that does not fit the shift', () => {
    expect(impossibleWays([job({ startsAt: at('07:05'), endsAt: at('07:20') })])).toEqual(['home to SO-1']);
    expect(impossibleWays([job({ startsAt: at('12:30'), endsAt: at('12:45') })])).toEqual(['SO-1 to home']);
  });
});
