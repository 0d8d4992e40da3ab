import { describe, expect, it } from '@jest/globals';
import { afterMailFailure, isPermanent, MAIL_RETRY_SECONDS } from './mail-outcome';

const refused = (responseCode: number, command = 'RCPT TO') => ({
  code: 'EENVELOPE',
  responseCode,
  command,
  message: 'no',
});

describe('isPermanent', () => {
  it.each([
    [refused(550), true],
    [refused(554, 'DATA'), true],
    [refused(450), false],
    [refused(421, 'MAIL FROM'), false],
    [{ code: 'EAUTH', responseCode: 535, command: 'AUTH PLAIN', message: 'bad login' }, false],
    [{ code: 'ESOCKET', message: 'connect ECONNREFUSED' }, false],
    [{ code: 'EENVELOPE', message: 'No recipients defined' }, true],
  ])('%j → %s', (error, permanent) => {
    expect(isPermanent(error)).toBe(permanent);
  });
});

describe('afterMailFailure', () => {
  const broken = { code: 'ESOCKET', message: 'reset' };

  it('waits longer each time, then gives up', () => {
    const delays = MAIL_RETRY_SECONDS.map((_, index) => afterMailFailure(broken, index + 1, 0.5));
    expect(delays).toEqual(MAIL_RETRY_SECONDS.map((delaySeconds) => ({ state: 'QUEUED', delaySeconds })));
    expect(afterMailFailure(broken, MAIL_RETRY_SECONDS.length + 1, 0.5)).toEqual({ state: 'FAILED' });
  });

  it('spreads the delay by a fifth', () => {
    expect(afterMailFailure(broken, 1, 0)).toEqual({ state: 'QUEUED', delaySeconds: 24 });
    expect(afterMailFailure(broken, 1, 1)).toEqual({ state: 'QUEUED', delaySeconds: 36 });
  });

  it('gives up at once on a permanent refusal', () => {
    expect(afterMailFailure(refused(550), 1, 0.5)).toEqual({ state: 'FAILED' });
  });
});
