import type { ApiKey } from '@orion/contracts';
import type { Principal } from '@orion/security';
import type { z } from 'zod';

export interface ApiKeyRow {
  id: string;
  organizationId: string;
  /** Null where it is the organization's. */
  userId: string | null;
  name: string;
  scopes: string[];
  /** Of the newest secret. */
  prefix: string;
  /** How many secrets it has had. */
  generation: number;
  createdBy: string;
  createdAt: Date;
  expiresAt: Date;
  expired: boolean;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
  /** Whether its owner is an active member; true of a key of the organization. */
  owned: boolean;
  /** Secrets before the last rotations that still work, the newest first; times in RFC 3339. */
  previous: { generation: number; prefix: string; until: string }[];
}

type Shown = z.input<typeof ApiKey>;

export function stateOf({ revokedAt, expired, owned }: ApiKeyRow): Shown['state'] {
  if (revokedAt) return 'revoked';
  if (expired) return 'expired';
  return owned ? 'active' : 'suspended';
}

/** Whether somebody may know of the key at all; to all others it is as good as missing. */
export const mayManage = (
  { userId, permissions }: Pick<Principal, 'userId' | 'permissions'>,
  key: Pick<ApiKeyRow, 'userId'>,
): boolean => key.userId === userId || permissions.has('api-key.manage');

export const toApiKey = (row: ApiKeyRow): Shown => ({
  id: row.id,
  name: row.name,
  owner: row.userId === null ? 'organization' : 'user',
  userId: row.userId,
  prefix: row.prefix,
  scopes: row.scopes,
  state: stateOf(row),
  createdBy: row.createdBy,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  revokedAt: row.revokedAt?.toISOString() ?? null,
  previous: row.previous.map(({ prefix, until }) => ({ prefix, until: new Date(until).toISOString() })),
});

/** What events tell of a key. */
export const factOf = ({ id, organizationId, name, userId, prefix, scopes, expiresAt }: ApiKeyRow) => ({
  apiKeyId: id,
  organizationId,
  name,
  userId,
  prefix,
  scopes,
  expiresAt: expiresAt.toISOString(),
});
