import { z } from 'zod';
import { Id } from '../core/primitives';
import { question } from '../core/question';

/** Answers with the permissions behind a token's digest; null where no such digest was ever minted. */
export const permissionSet = question({
  pattern: 'auth.permission-set',
  ask: z.strictObject({ digest: z.string().min(1).max(64) }),
  answer: z.object({ permissions: z.array(z.string()).nullable() }),
});

/** Answers with those of the roles that the organization has, seeded ones too, and what each grants. */
export const rolesOfOrganization = question({
  pattern: 'auth.roles-of-organization',
  ask: z.strictObject({ organizationId: Id, roleIds: z.array(z.string().max(64)).max(100) }),
  answer: z.object({
    roles: z.array(z.object({ id: z.string(), name: z.string(), permissions: z.array(z.string()) })),
  }),
});

/**
 * An access token for an API key of the organization, with what the key allows now; null alike for a key that is unknown,
 * has expired or was revoked, and for one whose owner or organization is suspended.
 */
export const exchangeApiKey = question({
  pattern: 'auth.exchange-api-key',
  ask: z.strictObject({
    organizationId: Id,
    /** SHA-256 of the key, base64url: the key itself stays where it was presented. */
    hash: z.string().regex(/^[\w-]{43}$/),
  }),
  answer: z.object({ issued: z.object({ apiKeyId: Id, accessToken: z.string() }).nullable() }),
});

/**
 * What makes access tokens worthless before their end, told since a moment; for services that cannot reach Redis.
 * See `Revocation` in `@orion/security`.
 */
export const revocations = question({
  pattern: 'auth.revocations',
  ask: z.strictObject({ since: z.number() }),
  answer: z.object({
    items: z.array(z.object({ key: z.string(), digest: z.string().nullable(), at: z.number() })),
  }),
});

/**
 * The token of a mail's link, minted now: those given before for the same mail stop working. Null where the link is of
 * no use any more.
 */
export const mailLink = question({
  pattern: 'auth.mail-link',
  ask: z.strictObject({ linkId: z.uuid() }),
  answer: z.object({ token: z.string().nullable() }),
});
