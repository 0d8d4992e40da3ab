import { z } from 'zod';
import { event } from '../core/event';
import { Email, Id } from '../core/primitives';

export const accountRegistered = event({
  type: 'orion.auth.account.registered.v1',
  summary: 'Somebody created an account',
  data: z.object({ userId: Id, email: Email }),
});

/** Subject: the role. Carries the whole state; tokens minted later grant what it grants now. */
export const roleChanged = event({
  type: 'orion.auth.role.changed.v1',
  summary: 'A role of an organization was created, changed or deleted',
  data: z.object({
    roleId: Id,
    organizationId: Id,
    name: z.string(),
    permissions: z.array(z.string()),
    /** False once it is deleted. */
    active: z.boolean(),
    changedBy: Id,
    /** As it was; null for a new role. */
    before: z.object({ name: z.string(), permissions: z.array(z.string()) }).nullable(),
  }),
});

export const sessionEnded = event({
  type: 'orion.auth.session.ended.v1',
  summary: 'A session was ended before its time',
  personal: true,
  data: z.object({
    sessionId: Id,
    userId: Id,
    organizationId: Id,
    /** `logout`, `revoked`, `membership`, `password`, `email` or `reused`: an old refresh token came back. */
    reason: z.string(),
  }),
});
