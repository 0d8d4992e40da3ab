import { baseConfig, httpUrl } from '@orion/config';
import { z } from 'zod';

/** The environment of the notification service. */
export const notificationConfig = baseConfig.extend({
  SMTP_URL: z
    .string()
    .refine(
      (value) => /^smtps?:\/\/[^/]/.test(value) && URL.canParse(value),
      'must be an address that starts with smtp:// or smtps://',
    ),
  /** Sender of every message: an address, or a name and an address in angle brackets. */
  MAIL_FROM: z
    .string()
    .regex(/^[^<>\r\n]*<[^<>@\s]+@[^<>@\s]+>$|^[^<>@\s]+@[^<>@\s]+$/, 'must be an e-mail address'),
  /** Where people reach the web app: links in mails lead there. */
  PUBLIC_URL: httpUrl().default('http://localhost:3000'),
  ORION_ENCRYPTION_KEY: z
    .string()
    .refine((value) => Buffer.from(value, 'base64').length === 32, 'must be 32 bytes in base64'),
  /** For development only: lets webhooks go to 127.0.0.1 and ::1. */
  WEBHOOK_ALLOW_LOOPBACK: z.stringbool('must be true or false').default(false),
});

export type NotificationConfig = z.output<typeof notificationConfig>;
