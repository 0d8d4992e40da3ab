import { z } from 'zod';
import { question } from '../core/question';
import { Email, Id, Language, Name } from '../core/primitives';

/**
 * Makes sure the person and their first organization exist. Idempotent by `userId`: asked twice, it answers
 * with the same organization.
 */
export const provisionAccount = question({
  pattern: 'user.provision-account',
  ask: z.strictObject({ userId: Id, email: Email, name: Name, organizationName: Name }),
  answer: z.object({
    userId: Id,
    organizationId: Id,
    membershipId: Id,
    roles: z.array(z.string()),
    joinedAt: z.iso.datetime(),
    /** Sequence of the membership's event that carries this state. */
    sequence: z.number().int().positive(),
  }),
});

/**
 * Makes sure that somebody whom the organization's own provider vouches for is a member. Idempotent by `userId`: who is a
 * member already stays as they are. Refused for somebody who was removed.
 */
export const joinOrganization = question({
  pattern: 'user.join-organization',
  ask: z.strictObject({ organizationId: Id, userId: Id, email: Email, name: Name, role: z.string().max(64) }),
  answer: provisionAccount.answer,
});

/** Whom the invitation behind a token is for; refused with the invitation's problem where it cannot be accepted. */
export const readInvited = question({
  pattern: 'user.read-invited',
  ask: z.strictObject({ token: z.string().max(200) }),
  answer: z.object({ email: Email, language: Language, organizationId: Id, organizationName: z.string() }),
});

/** Makes a new account's person the member the invitation is for. Idempotent by `userId`. */
export const acceptInvited = question({
  pattern: 'user.accept-invited',
  ask: z.strictObject({ token: z.string().max(200), userId: Id, name: Name }),
  answer: provisionAccount.answer,
});
