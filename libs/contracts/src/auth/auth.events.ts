import { z } from 'zod';
import { RecordChange } from '../core/change';
import { event } from '../core/event';
import { Email, Id, Language } from '../core/primitives';

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

export const sessionStarted = event({
  type: 'orion.auth.session.started.v1',
  summary: 'Somebody signed in, or went into another organization',
  personal: true,
  data: z.object({ sessionId: Id, userId: Id, organizationId: Id }),
});

export const sessionEnded = event({
  type: 'orion.auth.session.ended.v1',
  summary: 'A session was ended before its time',
  personal: true,
  data: z.object({
    sessionId: Id,
    userId: Id,
    organizationId: Id,
    /**
     * `logout`, `revoked`, `membership`, `password`, `email`, `policy`, `passkey` or `reused`: an old refresh token came back. Of an
     * impersonation also `ended`, `impersonator`: their own session ended, or `permissions`: those of either changed.
     */
    reason: z.string(),
  }),
});

/** Subject: the session. Its end is `sessionEnded`. */
export const impersonationStarted = event({
  type: 'orion.auth.impersonation.started.v1',
  summary: 'Somebody acts for another member',
  personal: true,
  data: z.object({
    sessionId: Id,
    organizationId: Id,
    userId: Id,
    impersonatorId: Id,
    reason: z.string(),
    expiresAt: z.iso.datetime(),
  }),
});

/** Carries no secret: whoever writes the mail asks `mailLink` for the token of its link. */
export const accountMailRequested = event({
  type: 'orion.auth.account.mail-requested.v1',
  summary: 'Somebody is to get a mail about their account',
  personal: true,
  data: z.object({
    userId: Id,
    name: z.string(),
    email: Email,
    language: Language,
    /** Which mail: `verify-email`, `reset-password`, `change-email-old`, `change-email-new`, `new-device` … */
    kind: z.string(),
    /** Where the mail has a link. */
    linkId: Id.nullable(),
    /** What the mail tells besides: `device`, `address`, `at`, `newEmail`. */
    facts: z.record(z.string(), z.string()),
  }),
});

export const accountEmailChanged = event({
  type: 'orion.auth.account.email-changed.v1',
  summary: 'Somebody signs in with another e-mail address now',
  personal: true,
  data: z.object({ userId: Id, email: Email }),
});

/** Subject: the organization. Carries the whole state, without the secret. */
export const singleSignOnChanged = event({
  type: 'orion.auth.single-sign-on.changed.v1',
  summary: 'How members of an organization sign in by its own provider was changed',
  data: z.object({
    organizationId: Id,
    /** Null where there is none. */
    provider: z
      .object({
        issuer: z.string(),
        clientId: z.string(),
        enabled: z.boolean(),
        createMembers: z.boolean(),
        defaultRole: z.string(),
      })
      .nullable(),
    /** Those that are verified. */
    domains: z.array(z.string()),
    changedBy: Id,
  }),
});

const KeyFact = z.object({
  apiKeyId: Id,
  organizationId: Id,
  name: z.string(),
  /** Whose it is; null where it is the organization's. */
  userId: Id.nullable(),
  /** What the key begins with; no secret. */
  prefix: z.string(),
  scopes: z.array(z.string()),
  expiresAt: z.iso.datetime(),
});

export const apiKeyCreated = event({
  type: 'orion.auth.api-key.created.v1',
  summary: 'An API key was created',
  data: KeyFact.extend({ createdBy: Id }),
});

/** `prefix` is that of the new secret. */
export const apiKeyRotated = event({
  type: 'orion.auth.api-key.rotated.v1',
  summary: 'An API key got another secret',
  data: KeyFact.extend({
    rotatedBy: Id,
    previousPrefix: z.string(),
    /** Until when the secret before goes on working; null where it stopped at once. */
    previousUntil: z.iso.datetime().nullable(),
  }),
});

export const apiKeyRevoked = event({
  type: 'orion.auth.api-key.revoked.v1',
  summary: 'An API key was revoked',
  data: KeyFact.extend({
    /** Null where it ended because its owner left the organization. */
    revokedBy: Id.nullable(),
  }),
});

const PasskeyFact = z.object({ passkeyId: Id, userId: Id, name: z.string() });

export const passkeyAdded = event({
  type: 'orion.auth.passkey.added.v1',
  summary: 'Somebody added a passkey to their account',
  personal: true,
  data: PasskeyFact,
});

export const passkeyRemoved = event({
  type: 'orion.auth.passkey.removed.v1',
  summary: 'Somebody removed a passkey from their account',
  personal: true,
  data: PasskeyFact,
});

export const authRecordChanged = event({
  type: 'orion.auth.record.changed.v1',
  summary: 'Somebody administered a record of auth',
  audit: true,
  data: RecordChange,
});
