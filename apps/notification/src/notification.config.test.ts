import { describe, expect, it } from '@jest/globals';
import { notificationConfig } from './notification.config';

const shape = notificationConfig.pick({
  SMTP_URL: true,
  MAIL_FROM: true,
  ORION_ENCRYPTION_KEY: true,
  WEBHOOK_ALLOW_LOOPBACK: true,
});
const good = {
  SMTP_URL: 'smtp://127.0.0.1:3005',
  MAIL_FROM: 'Orion <orion@example.org>',
  ORION_ENCRYPTION_KEY: Buffer.alloc(32).toString('base64'),
};

describe('notificationConfig', () => {
  it('keeps loopback closed unless it is opened', () => {
    expect(shape.parse(good).WEBHOOK_ALLOW_LOOPBACK).toBe(false);
    expect(shape.parse({ ...good, WEBHOOK_ALLOW_LOOPBACK: 'true' }).WEBHOOK_ALLOW_LOOPBACK).toBe(true);
  });

  it.each([
    ['SMTP_URL', 'http://127.0.0.1'],
    ['SMTP_URL', 'smtp://'],
    ['MAIL_FROM', 'nobody'],
    ['MAIL_FROM', 'Orion <a@b>\r\nBcc: c@d'],
    ['ORION_ENCRYPTION_KEY', 'c2hvcnQ='],
    ['WEBHOOK_ALLOW_LOOPBACK', 'maybe'],
  ])('refuses %s=%s', (key, value) => {
    expect(shape.safeParse({ ...good, [key]: value }).success).toBe(false);
  });

  it('takes a bare sender address', () => {
    expect(shape.parse({ ...good, MAIL_FROM: 'orion@example.org' }).MAIL_FROM).toBe('orion@example.org');
  });
});
