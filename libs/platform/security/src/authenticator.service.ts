import { Injectable } from '@nestjs/common';
import type { Access, Endpoint } from '@orion/contracts';
import { BusinessRuleException } from '@orion/problem';
import { PermissionSets } from './permission-sets.service';
import type { Principal } from './principal';
import { bearerToken } from './token-claims';
import { TokenVerifier } from './token-verifier.service';

/** From the `Authorization` header to the principal, and from the principal to yes or no. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly tokens: TokenVerifier,
    private readonly sets: PermissionSets,
  ) {}

  /** @throws BusinessRuleException UNAUTHENTICATED */
  async authenticate(authorization: string | undefined): Promise<Principal> {
    const token = bearerToken(authorization);
    if (token === undefined) {
      throw new BusinessRuleException(
        'UNAUTHENTICATED',
        'Send the access token as "Authorization: Bearer …"',
      );
    }
    const claims = await this.tokens.verify(token);
    const permissions = await this.sets.find(claims.prm);
    if (!permissions) throw new BusinessRuleException('UNAUTHENTICATED', 'The token is not one of ours');
    return { userId: claims.sub, organizationId: claims.org, sessionId: claims.sid, permissions };
  }

  /** Who may call the endpoint with this header; null on a public one. */
  async admit(
    contract: Pick<Endpoint, 'access'>,
    authorization: string | undefined,
  ): Promise<Principal | null> {
    if (contract.access === 'public') return null;
    const principal = await this.authenticate(authorization);
    requirePermission(principal, contract.access);
    return principal;
  }
}

/** @throws BusinessRuleException FORBIDDEN naming the permission the principal lacks */
export function requirePermission(principal: Principal, access: Access): void {
  if (access === 'public' || access === 'authenticated' || principal.permissions.has(access)) return;
  throw new BusinessRuleException('FORBIDDEN', `This needs the permission ${access}`, { permission: access });
}
