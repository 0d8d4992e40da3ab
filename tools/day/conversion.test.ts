import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { kilometres, toInstant, toLocalTime, toMinutes, toPlace, toSkills, travelMs } from './conversion';
import { type Instance } from './instance';

const instance: Instance = { name: 'x', depot: { x: 35, y: 35 }, technicians: [], requests: [] };

describe('conversion of an instance', () => {
  it('lays one distance unit to the kilometre around Lyon, within one per cent', () => {
    const point = fc.record({ x: fc.integer({ min: 0, max: 90 }), y: fc.integer({ min: 0, max: 90 }) });
    fc.assert(
      fc.property(point, point, (a, b) => {
        const plane = Math.hypot(a.x - b.x, a.y - b.y);
        const globe = kilometres(toPlace(instance, a), toPlace(instance, b));
        expect(Math.abs(globe - plane)).toBeLessThanOrEqual(0.01 * plane + 0.001);
      }),
    );
  });

  it('lets one time unit be 90 s from 08:00 on', () => {
    expect(toMinutes(10)).toBe(15);
    expect(toLocalTime(0)).toBe('08:00');
    expect(toLocalTime(230)).toBe('13:45');
    expect(toInstant('2026-11-23T07:00:00Z', 161)).toBe('2026-11-23T11:01:30.000Z');
  });

  it('needs one time unit for one distance unit', () => {
    const there = toPlace(instance, { x: 35, y: 45 });
    expect(travelMs(toPlace(instance, { x: 35, y: 35 }), there) / 90_000).toBeCloseTo(10, 3);
  });

  it('turns tools into skills', () => {
    expect(toSkills({ skills: [1, 4], tools: [0] })).toEqual(['skill-1', 'skill-4', 'tool-0']);
  });
});
