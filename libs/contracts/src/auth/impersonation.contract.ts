import { z } from 'zod';
import { endpoint } from '../core/endpoint';
import { Id, Nothing, Timestamp } from '../core/primitives';
import { Tokens } from './auth.contract';

/** Minutes after which nobody acts for somebody else any more. */
export const IMPERSONATION_MINUTES = 60;

export const Impersonation = z
  .object({
    ...Tokens.shape,
    /** The person acted for. */
    name: z.string(),
    email: z.string(),
    /** When it ends, however often the tokens are exchanged. */
    expiresAt: Timestamp,
  })
  .meta({ id: 'Impersonation' });

export const impersonate = endpoint({
  id: 'auth.impersonate',
  service: 'auth',
  method: 'POST',
  path: '/auth/impersonate',
  summary: 'Act for another member for an hour: with what both may do, and both are named in the audit log',
  access: 'member.impersonate',
  personal: true,
  status: 201,
  input: {
    body: z.strictObject({
      userId: Id,
      reason: z.string().trim().min(10).max(500).meta({ description: 'Stands in the audit log' }),
    }),
  },
  reply: Impersonation,
  errors: ['NOT_FOUND', 'IMPERSONATION_REFUSED'],
});

export const endImpersonation = endpoint({
  id: 'auth.impersonate.end',
  service: 'auth',
  method: 'POST',
  path: '/auth/impersonate/end',
  summary: 'Stop acting for somebody else, with the token that does',
  access: 'authenticated',
  status: 204,
  reply: Nothing,
  errors: ['NOT_IMPERSONATING'],
});
