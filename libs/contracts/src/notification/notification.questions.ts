import { z } from 'zod';
import { question } from '../core/question';

/** Answers with the key that seals what only notification may read; see `sealFor` of @orion/security. */
export const sealingKey = question({
  pattern: 'notification.sealing-key',
  ask: z.strictObject({}),
  answer: z.object({
    /** X25519, raw, base64url. */
    publicKey: z.string(),
  }),
});
