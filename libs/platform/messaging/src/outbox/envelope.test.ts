import { describe, expect, it } from '@jest/globals';
import { changeOf, event, FullEnvelope } from '@orion/contracts';
import { CLIENT, type Context } from '@orion/logger';
import { z } from 'zod';
import { buildEnvelope, type Fact } from './envelope';

const happened = event({
  type: 'orion.scheduling.probe.happened.v1',
  summary: 'Something happened',
  data: z.object({ text: z.string() }),
});
const ID = '019a0000-0000-7000-8000-000000000001';
const OTHER = '019a0000-0000-7000-8000-000000000002';

const built = (context: Partial<Context>, more: Partial<Fact<typeof happened>> = {}) =>
  FullEnvelope.parse({
    ...buildEnvelope(
      happened,
      { organizationId: ID, subject: ID, data: { text: 'x' }, ...more },
      { id: ID, now: new Date(), context: { correlationId: 'correlation', ...context } },
    ),
    sequence: 1,
  });

describe('an envelope', () => {
  it('carries who did it, for whom and from where', () => {
    const client = { address: '203.0.113.7', userAgent: 'x'.repeat(300) };
    const who = { userId: ID, impersonatorId: OTHER, apiKeyId: OTHER };
    expect(built({ ...who, [CLIENT]: client })).toMatchObject({
      actorid: ID,
      impersonatorid: OTHER,
      apikeyid: OTHER,
      clientaddress: '203.0.113.7',
      clientagent: 'x'.repeat(120),
    });
  });

  it('says nothing it does not know', () => {
    const known = Object.keys(built({ [CLIENT]: { address: '', userAgent: '' } }));
    for (const name of ['actorid', 'impersonatorid', 'apikeyid', 'clientaddress', 'clientagent', 'change'])
      expect(known).not.toContain(name);
  });

  it('believes the token before the one who publishes', () => {
    expect(built({}, { actorId: OTHER }).actorid).toBe(OTHER);
    expect(built({ userId: ID }, { actorId: OTHER }).actorid).toBe(ID);
  });

  it('carries nothing the audit log cannot store', () => {
    const { change = '' } = built({}, { change: changeOf(null, { name: 'a\0b\ud800', deep: ['\udfff'] }) });
    expect(JSON.parse(change)).toEqual({ before: null, after: { name: 'ab\ufffd', deep: ['\ufffd'] } });
  });

  it('carries what was changed as text, long values cut', () => {
    const { change = '' } = built(
      {},
      { change: changeOf({ note: 'a', roles: ['x'] }, { note: 'é'.repeat(5_000), roles: [] }) },
    );
    const { before, after } = JSON.parse(change) as { before: object; after: { note: string } };
    expect(before).toEqual({ note: 'a', roles: ['x'] });
    expect(after.note).toMatch(/^"é+…$/);
    expect(after.note.length).toBeLessThan(2_010);
    expect(after).toMatchObject({ roles: [] });
    expect(built({}, { change: changeOf(null, { a: 1 }) }).change).toBe('{"before":null,"after":{"a":1}}');
  });
});
