import { Injectable } from '@nestjs/common';
import type { Permission } from '@orion/contracts';
import { JwtService } from '@nestjs/jwt';
import {
  permissionDigest,
  TOKEN_ALGORITHM,
  TOKEN_AUDIENCE,
  TOKEN_ISSUER,
  TOKEN_LIFE_S,
  type TokenClaims,
} from '@orion/security';
import type { Prisma } from '../generated/prisma/client';
import { SigningKeys } from '../keys/signing-keys.provider';
import { PermissionSetRepository } from '../roles/permission-set.repository';
import { grantedBy, isSeeded, seededRoles } from '../roles/role';
import { RoleRepository } from '../roles/role.repository';

export interface Subject {
  userId: string;
  organizationId: string;
  sessionId: string;
  /** Of a permission set that is stored. */
  digest: string;
  /** Who acts for the user, where somebody does. */
  impersonatorId?: string | null;
  /** Ten minutes if left out. */
  lifeSeconds?: number;
  /** What the token says of the API key it is exchanged for. */
  key?: Pick<TokenClaims, 'key' | 'own'>;
}

@Injectable()
export class AccessTokenIssuer {
  constructor(
    private readonly jwt: JwtService,
    private readonly keys: SigningKeys,
    private readonly sets: PermissionSetRepository,
    private readonly roles: RoleRepository,
  ) {}

  /**
   * Stores what the roles grant in the organization, which the transaction stands in; the digest may go into a token
   * once the transaction has committed.
   */
  async keepPermissions(
    tx: Prisma.TransactionClient,
    organizationId: string,
    roles: readonly string[],
  ): Promise<string> {
    return this.keep(tx, await this.roles.granted(tx, organizationId, roles));
  }

  /** As `keepPermissions`, for permissions that are known. */
  keep(tx: Prisma.TransactionClient, permissions: readonly Permission[]): Promise<string> {
    return this.sets.keep(tx, [...permissions]);
  }

  /** The digest of roles that are the same everywhere, once it was kept; undefined where it has to be. */
  keptAlready(roles: readonly string[]): string | undefined {
    if (!roles.every(isSeeded)) return undefined;
    const digest = permissionDigest(grantedBy(seededRoles.filter((it) => roles.includes(it.id))));
    return this.sets.isWritten(digest) ? digest : undefined;
  }

  async issue({ userId, organizationId, sessionId, digest, ...more }: Subject): Promise<string> {
    this.sets.remember(digest);
    const { id, privateKey } = await this.keys.active();
    return this.jwt.signAsync(
      {
        sid: sessionId,
        org: organizationId,
        prm: digest,
        ...more.key,
        ...(more.impersonatorId ? { act: { sub: more.impersonatorId } } : {}),
      },
      {
        algorithm: TOKEN_ALGORITHM,
        keyid: id,
        privateKey,
        subject: userId,
        issuer: TOKEN_ISSUER,
        audience: TOKEN_AUDIENCE,
        expiresIn: more.lifeSeconds ?? TOKEN_LIFE_S,
      },
    );
  }
}
