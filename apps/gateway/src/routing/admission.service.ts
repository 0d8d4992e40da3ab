import { Injectable } from '@nestjs/common';
import { type Endpoint, ENDPOINTS } from '@orion/contracts';
import { BusinessRuleException } from '@orion/problem';
import {
  Authenticator,
  type Bearer,
  type PresentedKey,
  type Principal,
  readApiKey,
  readBearer,
} from '@orion/security';
import { KeyExchange } from './key-exchange.service';
import { type Counted, rateLimitKey } from './rate-limit';
import { RateLimiter } from './rate-limiter.service';
import { type RouteMatch, routeTable } from './route-table';

/** Who asks, as far as it is known before a token is verified. */
export interface Caller {
  address: string;
  bearer: Bearer | undefined;
  /** Where an API key was presented; `bearer` is what it was exchanged for, if it counts. */
  byKey?: true;
}

export interface Received {
  caller: Caller;
  counted: Counted;
}

/** What decides about every request of the API: how often, what it is for, whether it may. */
@Injectable()
export class Admission {
  private readonly routes = routeTable(ENDPOINTS);

  constructor(
    private readonly limiter: RateLimiter,
    private readonly keys: KeyExchange,
    private readonly authenticator: Authenticator,
  ) {}

  /** @param path without its query */
  match(method: string, path: string): RouteMatch {
    return this.routes.match(method, path);
  }

  /**
   * Counts a request by its API key, its token or its address.
   * @throws BusinessRuleException UPSTREAM_UNAVAILABLE where a key cannot be exchanged now
   */
  async receive(address: string, authorization: string | undefined): Promise<Received> {
    const key = readApiKey(authorization);
    const bearer = key ? undefined : readBearer(authorization);
    const refused = (key || bearer) && (await this.limiter.refusedTooOften(address));
    if (refused) return { caller: { address, bearer }, counted: refused };
    if (key) return this.receiveKey(address, key);
    const counted = await this.limiter.count(rateLimitKey({ address, tokenHash: bearer?.hash }));
    return { caller: { address, bearer }, counted };
  }

  /** @throws BusinessRuleException UNAUTHENTICATED, FORBIDDEN, API_KEY_REFUSED, UPSTREAM_UNAVAILABLE */
  async admit(endpoint: Endpoint, { address, bearer, byKey }: Caller): Promise<Principal | null> {
    try {
      if (byKey && !bearer && endpoint.access !== 'public')
        throw new BusinessRuleException('UNAUTHENTICATED', 'The API key is none of ours or has ended');
      return await this.authenticator.admitBearer(endpoint, bearer);
    } catch (error) {
      const refused = error instanceof BusinessRuleException && error.code === 'UNAUTHENTICATED';
      if (refused && (bearer || byKey)) await this.limiter.countRefused(address);
      throw error;
    }
  }

  /** A key that is not known to count is counted by its address, before auth is asked. */
  private async receiveKey(address: string, key: PresentedKey): Promise<Received> {
    const nobody: Caller = { address, bearer: undefined, byKey: true };
    let issued = await this.keys.known(key);
    if (!issued) {
      const counted = await this.limiter.count(rateLimitKey({ address }));
      if (counted.allowed && issued === undefined) issued = await this.keys.find(key);
      if (!issued) return { caller: nobody, counted };
    }
    const { apiKeyId, bearer } = issued;
    return { caller: { ...nobody, bearer }, counted: await this.limiter.countKey(apiKeyId) };
  }
}

/** @throws BusinessRuleException TOO_MANY_REQUESTS for a request that was one too many */
export function checkAllowed({ allowed, resetMs }: Counted): void {
  if (allowed) return;
  throw new BusinessRuleException('TOO_MANY_REQUESTS', undefined, {
    retryAfterSeconds: Math.max(1, Math.ceil(resetMs / 1000)),
  });
}
