import { describe, expect, it } from '@jest/globals';
import { replayEvents } from './replay';
import { SERVICES } from './services';

const ask = {
  consumer: 'user.members',
  types: ['orion.auth.person.invited.v1'],
  since: '2026-01-01T00:00:00.000Z',
  until: '2026-01-02T00:00:00.000Z',
  after: null,
};

describe('the question for a replay', () => {
  it('is one of its own for each service', () => {
    const patterns = SERVICES.map((it) => replayEvents(it).pattern);
    expect(patterns).toContain('scheduling.replay-events');
    expect(new Set(patterns).size).toBe(SERVICES.length);
  });

  it.each([
    ['a consumer that could name another queue', { consumer: 'user.members.events' }],
    ['no types', { types: [] }],
    ['a time that is none', { since: 'yesterday' }],
    ['a place that is no id', { after: '7' }],
    ['more than is asked', { limit: 5 }],
  ])('refuses %s', (_, wrong) => {
    const question = replayEvents('auth').ask;
    expect(question.safeParse(ask).success).toBe(true);
    expect(question.safeParse({ ...ask, ...wrong }).success).toBe(false);
  });
});
