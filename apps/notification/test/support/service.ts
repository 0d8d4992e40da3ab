import { createTestService, type TestService } from '@orion/testing';
import { join } from 'node:path';
import { notification } from '../../src/notification.service';

/** Nothing listens there. */
export const NO_SMTP = 'smtp://127.0.0.1:9';

/** Notification on a free port, with a database of its own; loopback receivers are allowed unless told otherwise. */
export const startService = (env: Record<string, string> = {}): Promise<TestService> =>
  createTestService({
    ...notification,
    prismaDir: join(__dirname, '../../prisma'),
    env: {
      SMTP_URL: NO_SMTP,
      MAIL_FROM: 'Orion <orion@example.org>',
      WEBHOOK_ALLOW_LOOPBACK: 'true',
      ...env,
    },
  });
