import { availableParallelism } from 'node:os';
import { baseConfig, wholeNumber } from '@orion/config';
import { z } from 'zod';

const KEY_BYTES = 32;

export const authConfig = baseConfig.extend({
  /** Seals signing keys and derives refresh tokens: 32 bytes, base64. */
  ORION_ENCRYPTION_KEY: z
    .base64('must be base64')
    .transform((text) => Buffer.from(text, 'base64'))
    .refine((key) => key.length === KEY_BYTES, `must hold ${KEY_BYTES} bytes`),
  /** Password hashes computed at once; each takes a processor and 19 MiB. */
  PASSWORD_CONCURRENCY: wholeNumber(1, 64).default(Math.min(4, availableParallelism())),
  /** Sign-ins that may wait for their turn; those beyond are answered BUSY. */
  PASSWORD_QUEUE: wholeNumber(0, 10_000).default(64),
});

export type AuthConfig = z.output<typeof authConfig>;
