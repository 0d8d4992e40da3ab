import { applyDecorators, HttpCode, RequestMapping, RequestMethod } from '@nestjs/common';
import { API_PREFIX, type Endpoint, type Out } from '@orion/contracts';
import { type Call, ImplementedContract } from '@orion/security';
import { remember } from './implemented';
import type { StreamEvent } from './server-sent-events';

type Handler<E extends Endpoint> =
  ((call: Call<E>) => Promise<Out<E>>) | ((call: Call<E>) => AsyncIterable<StreamEvent<Out<E>>>);

type Fits<E extends Endpoint> = <H extends Handler<E>>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<H>,
) => void;

/**
 * Makes a controller method the implementation of an endpoint: method, path and status of the route, who may call it,
 * validation of request and reply. A method whose reply has another shape than the contract does not compile.
 * Endpoints that stream return an async iterable; it is ended (`return`) when the listener goes.
 */
export function Implements<E extends Endpoint>(contract: E): Fits<E> {
  remember(contract);
  return applyDecorators(
    RequestMapping({ method: RequestMethod[contract.method], path: API_PREFIX + contract.path }),
    HttpCode(contract.status),
    ImplementedContract(contract),
  ) as Fits<E>;
}
