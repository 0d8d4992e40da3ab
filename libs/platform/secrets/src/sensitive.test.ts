import { expect, it } from '@jest/globals';
import { sensitiveValues } from './sensitive';

it('is what was fetched, what is named as a secret, and passwords within addresses', () => {
  const values = {
    DATABASE_URL: 'postgresql://orion:sword%2Ffish@db/orion',
    REDIS_URL: 'redis://cache:6379',
    RABBITMQ_URL: 'amqp://orion:100%@broker',
    ORION_ENCRYPTION_KEY: 'c2VhbGVk',
    TURKEY: 'bird',
    LOG_LEVEL: 'info',
    MAIL_FROM: 'orion@example.org',
  };
  expect(sensitiveValues(values, new Set(['MAIL_FROM']))).toEqual([
    'sword%2Ffish',
    'sword/fish',
    '100%',
    'c2VhbGVk',
    'orion@example.org',
  ]);
});
