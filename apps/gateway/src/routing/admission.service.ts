import { Injectable } from '@nestjs/common';
import { type Endpoint, ENDPOINTS } from '@orion/contracts';
import { BusinessRuleException } from '@orion/problem';
import { Authenticator, type Bearer, type Principal, readBearer } from '@orion/security';
import { type Counted, rateLimitKey } from './rate-limit';
import { RateLimiter } from './rate-limiter.service';
import { type RouteMatch, routeTable } from './route-table';

/** Who asks, as far as it is known before a token is verified. */
export interface Caller {
  address: string;
  bearer: Bearer | undefined;
}

/** What decides about every request of the API: how often, what it is for, whether it may. */
@Injectable()
export class Admission {
  private readonly routes = routeTable(ENDPOINTS);

  constructor(
    private readonly limiter: RateLimiter,
    private readonly authenticator: Authenticator,
  ) {}

  callerOf(address: string, authorization: string | undefined): Caller {
    return { address, bearer: readBearer(authorization) };
  }

  /** @param path without its query */
  match(method: string, path: string): RouteMatch {
    return this.routes.match(method, path);
  }

  async count({ address, bearer }: Caller): Promise<Counted> {
    const refused = bearer && (await this.limiter.refusedTooOften(address));
    return refused ?? this.limiter.count(rateLimitKey({ address, tokenHash: bearer?.hash }));
  }

  /** @throws BusinessRuleException UNAUTHENTICATED, FORBIDDEN, UPSTREAM_UNAVAILABLE */
  async admit(endpoint: Endpoint, { address, bearer }: Caller): Promise<Principal | null> {
    try {
      return await this.authenticator.admitBearer(endpoint, bearer);
    } catch (error) {
      const refused = error instanceof BusinessRuleException && error.code === 'UNAUTHENTICATED';
      if (refused && bearer) await this.limiter.countRefused(address);
      throw error;
    }
  }
}

/** @throws BusinessRuleException TOO_MANY_REQUESTS for a request that was one too many */
export function checkAllowed({ allowed, resetMs }: Counted): void {
  if (allowed) return;
  throw new BusinessRuleException('TOO_MANY_REQUESTS', undefined, {
    retryAfterSeconds: Math.max(1, Math.ceil(resetMs / 1000)),
  });
}
