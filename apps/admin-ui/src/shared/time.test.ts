import { describe, expect, it } from '@jest/globals';
import { dayAndTime, dayKey, relative, span, zoneName } from './time';

const paris = { locale: 'en-GB', timeZone: 'Europe/Paris' };

describe('time', () => {
  it('is told in the zone of the order, not of the reader', () => {
    expect(dayAndTime('2026-11-23T23:30:00Z', paris)).toBe('Tue 24 Nov, 00:30');
    expect(dayAndTime('2026-11-23T23:30:00Z', { locale: 'en-GB', timeZone: 'America/Lima' })).toBe(
      'Mon 23 Nov, 18:30',
    );
    expect(dayKey('2026-11-23T23:30:00Z', 'Europe/Paris')).toBe('2026-11-24');
    expect(zoneName('2026-11-23T23:30:00Z', paris)).toBe('CET');
  });

  it('names the second day of a span only where it differs', () => {
    expect(span('2026-11-23T07:15:00Z', '2026-11-23T08:45:00Z', paris)).toBe('Mon 23 Nov, 08:15–09:45');
    expect(span('2026-11-23T07:00:00Z', '2026-11-25T16:00:00Z', paris)).toBe(
      'Mon 23 Nov, 08:00 – Wed 25 Nov, 17:00',
    );
  });

  it('counts in the largest whole unit', () => {
    const now = Date.parse('2026-11-21T12:00:00Z');
    expect(relative('2026-11-21T11:59:40Z', now, 'en')).toBe('now');
    expect(relative('2026-11-21T11:55:00Z', now, 'en')).toBe('5 minutes ago');
    expect(relative('2026-11-23T13:00:00Z', now, 'en')).toBe('in 2 days');
  });
});
