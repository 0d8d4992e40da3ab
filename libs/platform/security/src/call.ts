import type { Endpoint, In } from '@orion/contracts';
import type { Principal } from './principal';

/** The cookies of a call whose endpoint uses some, by their keys. */
export interface CallCookies {
  /**
   * What the browser holds, in the order it sent them: the oldest first.
   * @throws BusinessRuleException CROSS_SITE_REFUSED where there is any, and the caller is no page of this site
   */
  held(): ReadonlyMap<string, string>;
  /**
   * @param seconds it is kept for; until the browser closes if left out
   * @throws BusinessRuleException CROSS_SITE_REFUSED
   */
  keep(key: string, value: string, seconds?: number): void;
  drop(key: string): void;
}

/** One call of an endpoint, validated against its contract. */
export interface Call<E extends Endpoint = Endpoint> {
  contract: E;
  params: In<E>['params'];
  query: In<E>['query'];
  body: In<E>['body'];
  /** Null at run time on public endpoints, and only there. */
  principal: Principal;
  /** Present where the contract allows one and the caller sent it. */
  idempotencyKey?: string;
  correlationId: string;
  /** Network address of the caller. */
  address: string;
  /** What the caller says it is, at most 300 characters; empty where it says nothing. */
  userAgent: string;
  /** Holds nothing where the contract uses no cookie. */
  cookies: CallCookies;
}
