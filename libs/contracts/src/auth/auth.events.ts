import { z } from 'zod';
import { event } from '../core/event';
import { Email, Id } from '../core/primitives';

export const accountRegistered = event({
  type: 'orion.auth.account.registered.v1',
  summary: 'Somebody created an account',
  data: z.object({ userId: Id, email: Email }),
});
