import { describe, expect, it } from '@jest/globals';
import { event } from '@orion/contracts';
import { z } from 'zod';
import { MAX_BYTES, readEvent } from './read-event';

const contract = event({
  type: 'orion.user.probe.happened.v1',
  summary: 'Something happened',
  data: z.object({ text: z.string(), more: z.string().default('filled in') }),
});
const now = new Date('2026-11-21T12:00:00Z');
const good = {
  specversion: '1.0',
  id: '019a0000-0000-7000-8000-000000000001',
  source: '/orion/user',
  type: contract.type,
  time: '2026-11-21T11:59:00.000Z',
  subject: 's',
  datacontenttype: 'application/json',
  organizationid: '019a0000-0000-7000-8000-000000000002',
  correlationid: 'c',
  sequence: 1,
  data: { text: 'x' },
};
const read = (body: unknown) =>
  readEvent(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), { events: [contract] }, now);

describe('reading a message', () => {
  it('gives the event with validated data', () => {
    expect(read({ ...good, unknown: true })).toEqual({
      event: { ...good, data: { text: 'x', more: 'filled in' } },
    });
  });

  it('keeps who did it, from where and what it changed from all but those who ask for it', () => {
    const provenance = {
      actorid: '019a0000-0000-7000-8000-000000000003',
      clientaddress: '203.0.113.7',
      clientagent: 'Firefox',
      change: '{"before":null,"after":{}}',
    };
    expect(read({ ...good, ...provenance })).toEqual(read(good));
    const body = Buffer.from(JSON.stringify({ ...good, ...provenance }));
    const asking = { events: [contract], provenance: true };
    expect(readEvent(body, asking, now)).toMatchObject({ event: provenance });
  });

  it.each([
    ['no JSON', '{', 'malformed'],
    ['no envelope', { id: 1 }, 'malformed'],
    ['other data', { ...good, data: { text: 1 } }, 'malformed'],
    ['too many bytes', ' '.repeat(MAX_BYTES + 1), 'malformed'],
    ['an attack on a prototype', JSON.stringify(good).replace('"x"', '"x","__proto__":{}'), 'malformed'],
    ['another version', { ...good, type: 'orion.user.probe.happened.v2' }, 'unknown'],
    ['an age beyond the inbox', { ...good, time: '2026-10-20T00:00:00.000Z' }, 'expired'],
  ])('refuses %s', (_, body, refused) => {
    expect(read(body)).toMatchObject({ refused });
  });
});
