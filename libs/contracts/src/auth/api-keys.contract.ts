import { z } from 'zod';
import { endpoint } from '../core/endpoint';
import { page, pageQuery } from '../core/page';
import { Id, IdParams, Nothing, Timestamp } from '../core/primitives';
import { API_KEY_SCOPES } from './roles';

/** Whose a key is: of the person who made it, or of the organization. */
const Owner = z.enum(['user', 'organization']);

export const LONGEST_KEY_DAYS = 365;
export const LONGEST_OVERLAP_HOURS = 168;

export const ApiKey = z
  .object({
    id: Id,
    name: z.string(),
    owner: Owner,
    /** Whose permissions bound what the key may do; null for a key of the organization. */
    userId: Id.nullable(),
    /** What the key begins with, to tell it from others. */
    prefix: z.string(),
    scopes: z.array(z.string()),
    /** `suspended`: its owner is no active member of the organization. */
    state: z.enum(['active', 'suspended', 'expired', 'revoked']),
    createdBy: Id,
    createdAt: Timestamp,
    expiresAt: Timestamp,
    /** To the minute; null for a key that was never used. */
    lastUsedAt: Timestamp.nullable(),
    revokedAt: Timestamp.nullable(),
    /** Secrets before the last rotations that go on working, the newest first. */
    previous: z.array(z.object({ prefix: z.string(), until: Timestamp })),
  })
  .meta({ id: 'ApiKey' });

export const NewApiKey = ApiKey.extend({
  key: z.string().meta({ description: 'Shown this once; send it as `Authorization: Bearer orion_…`' }),
}).meta({ id: 'NewApiKey' });

export const listApiKeys = endpoint({
  id: 'api-keys.list',
  service: 'auth',
  method: 'GET',
  path: '/api-keys',
  summary: 'Own API keys, newest first; with api-key.manage all of the organization and its members',
  access: 'api-key.create',
  input: { query: z.strictObject({ ...pageQuery, owner: Owner.optional() }) },
  reply: page(ApiKey),
});

export const createApiKey = endpoint({
  id: 'api-keys.create',
  service: 'auth',
  method: 'POST',
  path: '/api-keys',
  summary:
    'Create an API key that holds nothing its creator lacks; one of the organization needs api-key.manage',
  access: 'api-key.create',
  personal: true,
  status: 201,
  input: {
    body: z.strictObject({
      name: z.string().trim().min(1).max(80),
      owner: Owner.default('user'),
      scopes: z.array(z.enum(API_KEY_SCOPES)).min(1).max(200).meta({
        description: 'Permissions of `GET /permissions`; those about API keys are for people alone',
      }),
      expiresInDays: z.number().int().min(1).max(LONGEST_KEY_DAYS).default(90),
    }),
  },
  reply: NewApiKey,
  errors: ['FORBIDDEN', 'API_KEY_LIMIT'],
});

export const rotateApiKey = endpoint({
  id: 'api-keys.rotate',
  service: 'auth',
  method: 'POST',
  path: '/api-keys/:id/rotate',
  summary: 'Another secret for the same key; the one before works on for a while',
  access: 'api-key.create',
  personal: true,
  input: {
    params: IdParams,
    body: z.strictObject({
      overlapHours: z
        .number()
        .int()
        .min(0)
        .max(LONGEST_OVERLAP_HOURS)
        .default(24)
        .meta({ description: 'How long the secret before goes on working; 0 ends all before at once' }),
    }),
  },
  reply: NewApiKey,
  errors: ['NOT_FOUND', 'FORBIDDEN', 'API_KEY_ENDED'],
});

export const revokeApiKey = endpoint({
  id: 'api-keys.revoke',
  service: 'auth',
  method: 'DELETE',
  path: '/api-keys/:id',
  summary: 'End an API key for good; it stops working in all services within five seconds',
  access: 'api-key.create',
  personal: true,
  status: 204,
  input: { params: IdParams },
  reply: Nothing,
  errors: ['NOT_FOUND'],
});
