import type { Endpoint, In } from '@orion/contracts';
import type { Principal } from './principal';

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
}
