import { describe, expect, it } from '@jest/globals';
import { PAYLOAD_LIMIT, payloadOf } from './payload';

const fact = {
  deliveryId: 'd',
  eventId: 'e',
  eventType: 'order.confirmed',
  timestamp: '2026-11-21T10:00:00.000Z',
  sequence: 3,
};
const of = (data: unknown) => payloadOf({ ...fact, data });
const size = (payload: string) => Buffer.byteLength(payload);

describe('payloadOf', () => {
  it('carries what a receiver needs', () => {
    expect(JSON.parse(of({ number: 'SO-1' }))).toEqual({
      eventId: 'e',
      eventType: 'order.confirmed',
      timestamp: '2026-11-21T10:00:00.000Z',
      idempotencyKey: 'd',
      sequence: 3,
      data: { number: 'SO-1' },
    });
  });

  it('cuts long texts to stay under 20 kB and says so', () => {
    const payload = of({ number: 'SO-1', list: [{ note: '😀'.repeat(20_000), other: null }] });
    expect(size(payload)).toBeLessThan(PAYLOAD_LIMIT);
    const parsed = JSON.parse(payload);
    expect(parsed).toMatchObject({ truncated: true, data: { number: 'SO-1', list: [{ other: null }] } });
    expect(parsed.data.list[0].note).toMatch(/^😀+…$/u);
  });

  it('counts bytes, not characters', () => {
    expect(JSON.parse(of({ note: 'é'.repeat(9_950) }))).toHaveProperty('truncated', true);
    expect(JSON.parse(of({ note: 'e'.repeat(9_950) }))).not.toHaveProperty('truncated');
  });

  it('leaves the data out where nothing else helps', () => {
    const payload = of(Array.from({ length: 10_000 }, (_, index) => index));
    expect(JSON.parse(payload)).toMatchObject({ truncated: true, data: {} });
  });
});
