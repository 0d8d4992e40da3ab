import { z } from 'zod';
import { endpoint } from '../core/endpoint';
import { page, PageQuery } from '../core/page';
import { Id, IdParams, Nothing, Timestamp } from '../core/primitives';

export const SignedInSession = z
  .object({
    id: Id,
    organizationId: Id,
    /** Browser and system in words, such as `Firefox on Windows`. */
    device: z.string(),
    userAgent: z.string(),
    /** Network address it was signed in from. */
    address: z.string(),
    createdAt: Timestamp,
    lastUsedAt: Timestamp,
    expiresAt: Timestamp,
    /** Who acts for the person in it; null in their own. */
    impersonatorId: Id.nullable(),
    /** The session of the token this was asked with. */
    current: z.boolean(),
  })
  .meta({ id: 'SignedInSession' });

export const listSessions = endpoint({
  id: 'auth.sessions.list',
  service: 'auth',
  method: 'GET',
  path: '/auth/sessions',
  summary: 'Own sessions that have not ended, in every organization, newest first',
  access: 'authenticated',
  personal: true,
  input: { query: PageQuery },
  reply: page(SignedInSession),
});

export const revokeSession = endpoint({
  id: 'auth.sessions.revoke',
  service: 'auth',
  method: 'DELETE',
  path: '/auth/sessions/:id',
  summary: 'End one of the own sessions; its tokens stop working within five seconds',
  access: 'authenticated',
  personal: true,
  status: 204,
  input: { params: IdParams },
  reply: Nothing,
  errors: ['NOT_FOUND'],
});

export const revokeOtherSessions = endpoint({
  id: 'auth.sessions.revoke-others',
  service: 'auth',
  method: 'POST',
  path: '/auth/sessions/revoke-others',
  summary: 'End every own session but the one that asks',
  access: 'authenticated',
  personal: true,
  reply: z.object({ ended: z.number().int() }),
});
