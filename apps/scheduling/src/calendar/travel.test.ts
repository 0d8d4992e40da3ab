import { describe, expect, it } from '@jest/globals';
import { EARTH_RADIUS_KM, greatCircleKm, straightLine } from './travel';

const paris = { latitude: 48.8566, longitude: 2.3522 };
const lyon = { latitude: 45.764, longitude: 4.8357 };

describe('travel', () => {
  it('measures great circles', () => {
    const quarter = (Math.PI / 2) * EARTH_RADIUS_KM;
    expect(greatCircleKm({ latitude: 0, longitude: 0 }, { latitude: 90, longitude: 0 })).toBeCloseTo(
      quarter,
      6,
    );
    expect(greatCircleKm({ latitude: 0, longitude: 0 }, { latitude: 0, longitude: 180 })).toBeCloseTo(
      2 * quarter,
      6,
    );
    expect(greatCircleKm(paris, lyon)).toBeCloseTo(391.5, 0);
    expect(greatCircleKm(lyon, lyon)).toBe(0);
  });

  it('turns kilometres into time by detour factor and speed, to the second', () => {
    const travel = straightLine({ travelSpeedKmh: 40, detourFactor: 1.25 });
    expect(travel.km(paris, lyon)).toBeCloseTo(greatCircleKm(paris, lyon) * 1.25, 9);
    const ms = travel.ms(paris, lyon);
    expect(Math.abs(ms - (travel.km(paris, lyon) / 40) * 3_600_000)).toBeLessThanOrEqual(500);
    expect(ms % 1000).toBe(0);
    expect(travel.ms(lyon, lyon)).toBe(0);
  });

  it('takes a quarter of an hour for ten kilometres at 40 km/h, wherever they lie', () => {
    const travel = straightLine({ travelSpeedKmh: 40, detourFactor: 1 });
    for (let latitude = 40; latitude < 60; latitude += 0.37) {
      const from = { latitude: Number(latitude.toFixed(6)), longitude: 5 };
      const to = { latitude: Number((latitude + 10 / 111.19508).toFixed(6)), longitude: 5 };
      expect(travel.ms(from, to)).toBe(15 * 60_000);
    }
  });
});
