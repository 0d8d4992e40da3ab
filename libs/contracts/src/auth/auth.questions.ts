import { z } from 'zod';
import { question } from '../core/question';

/** Answers with the permissions behind a token's digest; null where no such digest was ever minted. */
export const permissionSet = question({
  pattern: 'auth.permission-set',
  ask: z.strictObject({ digest: z.string().min(1).max(64) }),
  answer: z.object({ permissions: z.array(z.string()).nullable() }),
});
