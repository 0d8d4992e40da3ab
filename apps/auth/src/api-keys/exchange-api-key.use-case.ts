import { Injectable } from '@nestjs/common';
import { Database } from '@orion/database';
import { permissionDigest, TOKEN_LIFE_S } from '@orion/security';
import type { Prisma, PrismaClient } from '../generated/prisma/client';
import { PermissionSetRepository } from '../roles/permission-set.repository';
import { normalPermissions } from '../roles/role';
import { RoleRepository } from '../roles/role.repository';
import { AccessTokenIssuer, type Subject } from '../sessions/access-token.issuer';
import { ApiKeyRepository, type OpenedKey } from './api-key.repository';

type Tx = Prisma.TransactionClient;

@Injectable()
export class ExchangeApiKey {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly keys: ApiKeyRepository,
    private readonly roles: RoleRepository,
    private readonly sets: PermissionSetRepository,
    private readonly issuer: AccessTokenIssuer,
  ) {}

  /**
   * An access token with what the key allows now, which ends with the key at the latest. Null alike for a key that is
   * unknown, has ended, or belongs to somebody or something suspended.
   * @param hash SHA-256, base64url
   */
  async run(organizationId: string, hash: string): Promise<{ apiKeyId: string; accessToken: string } | null> {
    const opened = await this.database.tenant(organizationId, async (tx) => {
      const key = await this.keys.open(tx, organizationId, hash);
      if (!key) return null;
      await this.keys.noteUse(tx, organizationId, key.id);
      return { apiKeyId: key.id, subject: await this.subjectOf(tx, organizationId, key) };
    });
    if (!opened) return null;
    return { apiKeyId: opened.apiKeyId, accessToken: await this.issuer.issue(opened.subject) };
  }

  /** A person's key holds what it was given and they hold still; one of the organization what it was given. */
  private async subjectOf(tx: Tx, organizationId: string, key: OpenedKey): Promise<Subject> {
    const scopes = normalPermissions(key.scopes);
    const held = key.roles && (await this.roles.granted(tx, organizationId, key.roles));
    const effective = held ? scopes.filter((it) => held.includes(it)) : scopes;
    return {
      userId: key.userId ?? key.id,
      organizationId,
      sessionId: key.secretId,
      digest: await this.sets.keep(tx, effective),
      lifeSeconds: Math.min(TOKEN_LIFE_S, Math.max(1, key.secondsLeft)),
      key: { key: key.id, ...(held && { own: permissionDigest(held) }) },
    };
  }
}
