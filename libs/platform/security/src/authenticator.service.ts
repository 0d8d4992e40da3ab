import { Injectable } from '@nestjs/common';
import { type Access, acceptsKeys, type Endpoint } from '@orion/contracts';
import { BusinessRuleException } from '@orion/problem';
import { PermissionSets } from './permission-sets.service';
import type { Principal } from './principal';
import { Revocations } from './revocations.service';
import { type Bearer, readBearer } from './token-claims';
import { TokenVerifier } from './token-verifier.service';

type Admitting = Pick<Endpoint, 'access' | 'keys' | 'personal'>;

/** From the `Authorization` header to the principal, and from the principal to yes or no. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly tokens: TokenVerifier,
    private readonly sets: PermissionSets,
    private readonly revocations: Revocations,
  ) {}

  /** @throws BusinessRuleException UNAUTHENTICATED */
  authenticate(authorization: string | undefined): Promise<Principal> {
    return this.identify(readBearer(authorization));
  }

  /** Who may call the endpoint with this header; null on a public one. */
  admit(contract: Admitting, authorization: string | undefined): Promise<Principal | null> {
    return this.admitBearer(contract, readBearer(authorization));
  }

  /** As `admit`, for a header that has been read before. */
  async admitBearer(contract: Admitting, bearer: Bearer | undefined): Promise<Principal | null> {
    if (contract.access === 'public') return null;
    const principal = await this.identify(bearer);
    if (principal.apiKeyId !== undefined) refuseKeys(contract);
    requirePermission(principal, contract.access);
    if (contract.personal && principal.impersonatorId !== undefined) {
      throw new BusinessRuleException('IMPERSONATED', 'Only the person themselves may do this');
    }
    return principal;
  }

  private async identify(bearer: Bearer | undefined): Promise<Principal> {
    if (!bearer) {
      throw new BusinessRuleException(
        'UNAUTHENTICATED',
        'Send the access token as "Authorization: Bearer …"',
      );
    }
    const claims = await this.tokens.verify(bearer);
    if (this.revocations.covers(claims)) {
      throw new BusinessRuleException(
        'UNAUTHENTICATED',
        'The session has ended, or its permissions have changed',
      );
    }
    const permissions = await this.sets.find(claims.prm);
    if (!permissions) throw new BusinessRuleException('UNAUTHENTICATED', 'The token is not one of ours');
    const { sub: userId, org: organizationId, sid: sessionId, key: apiKeyId, act } = claims;
    const principal = { userId, organizationId, sessionId, permissions, claims };
    if (act) return { ...principal, impersonatorId: act.sub };
    return apiKeyId === undefined ? principal : { ...principal, apiKeyId };
  }
}

/** @throws BusinessRuleException API_KEY_REFUSED for what only a person who has signed in may do */
function refuseKeys(contract: Admitting): void {
  if (!acceptsKeys(contract)) throw new BusinessRuleException('API_KEY_REFUSED', 'Sign in to do this');
}

/** @throws BusinessRuleException FORBIDDEN naming the permission the principal lacks */
export function requirePermission(principal: Principal, access: Access): void {
  if (access === 'public' || access === 'authenticated' || principal.permissions.has(access)) return;
  throw new BusinessRuleException('FORBIDDEN', `This needs the permission ${access}`, { permission: access });
}
