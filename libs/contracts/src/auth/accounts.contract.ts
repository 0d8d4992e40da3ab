import { z } from 'zod';
import { endpoint } from '../core/endpoint';
import { Email, Id, Language, Nothing, Timestamp } from '../core/primitives';
import { Password } from './auth.contract';

const Token = z.string().min(1).max(200);
const OwnPassword = z.string().min(1).max(200);

export const Account = z
  .object({
    userId: Id,
    email: z.string(),
    /** Null until the person followed the link that was mailed to them. */
    emailVerifiedAt: Timestamp.nullable(),
    /** The address both sides still have to confirm; null where none is wished. */
    newEmail: z.string().nullable(),
    name: z.string(),
    language: Language,
    /** Of the token. */
    organizationId: Id,
    sessionId: z.string(),
    /** Ids of the roles held in the organization. */
    roles: z.array(z.string()),
    /** What the token lets its bearer do, sorted. */
    permissions: z.array(z.string()),
    secondFactor: z.object({
      setUp: z.boolean(),
      required: z.boolean().meta({ description: 'Whether the organization asks its members for one' }),
    }),
  })
  .meta({ id: 'Account' });

export const readAccount = endpoint({
  id: 'auth.me',
  service: 'auth',
  method: 'GET',
  path: '/auth/me',
  summary:
    'Who the token is, how they sign in and what they may do; name and language change at `users.change-me`',
  access: 'authenticated',
  reply: Account,
});

export const verifyEmail = endpoint({
  id: 'auth.verify-email',
  service: 'auth',
  method: 'POST',
  path: '/auth/verify-email',
  summary: 'Prove an e-mail address with the token of the link that was sent to it',
  access: 'public',
  status: 204,
  input: { body: z.strictObject({ token: Token }) },
  reply: Nothing,
  errors: ['LINK_INVALID'],
});

export const resendVerification = endpoint({
  id: 'auth.verify-email.resend',
  service: 'auth',
  method: 'POST',
  path: '/auth/verify-email/resend',
  summary: 'Send the link again; does nothing for an address that is proved, and at most five times an hour',
  access: 'authenticated',
  personal: true,
  status: 204,
  reply: Nothing,
});

export const forgotPassword = endpoint({
  id: 'auth.forgot-password',
  service: 'auth',
  method: 'POST',
  path: '/auth/forgot-password',
  summary: 'Mail a link to set another password; answers alike whether or not there is such an account',
  access: 'public',
  status: 204,
  input: { body: z.strictObject({ email: Email }) },
  reply: Nothing,
});

export const resetPassword = endpoint({
  id: 'auth.reset-password',
  service: 'auth',
  method: 'POST',
  path: '/auth/reset-password',
  summary: 'Set another password with the token of a mailed link; ends every session of the account',
  access: 'public',
  status: 204,
  input: { body: z.strictObject({ token: Token, password: Password }) },
  reply: Nothing,
  errors: ['LINK_INVALID', 'BUSY'],
});

export const changePassword = endpoint({
  id: 'auth.change-password',
  service: 'auth',
  method: 'POST',
  path: '/auth/change-password',
  summary: 'Set another password; ends every other session',
  access: 'authenticated',
  personal: true,
  status: 204,
  input: { body: z.strictObject({ currentPassword: OwnPassword, newPassword: Password }) },
  reply: Nothing,
  errors: ['WRONG_PASSWORD', 'BUSY', 'TOO_MANY_REQUESTS'],
});

export const changeEmail = endpoint({
  id: 'auth.change-email',
  service: 'auth',
  method: 'POST',
  path: '/auth/change-email',
  summary: 'Ask for another e-mail address; takes effect once both addresses have followed their links',
  access: 'authenticated',
  personal: true,
  status: 204,
  input: { body: z.strictObject({ newEmail: Email, password: OwnPassword }) },
  reply: Nothing,
  errors: ['WRONG_PASSWORD', 'BUSY', 'TOO_MANY_REQUESTS'],
});

export const confirmEmailChange = endpoint({
  id: 'auth.change-email.confirm',
  service: 'auth',
  method: 'POST',
  path: '/auth/change-email/confirm',
  summary: 'Confirm one side of a change of address; the second one makes it',
  access: 'public',
  input: { body: z.strictObject({ token: Token }) },
  reply: z.object({ changed: z.boolean() }),
  errors: ['LINK_INVALID', 'EMAIL_TAKEN'],
});
