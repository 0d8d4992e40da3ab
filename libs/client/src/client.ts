import { CSRF_HEADER, type Endpoint, type Reply, type Request } from '@orion/contracts';
import { problemOf } from './api-problem';
import { readJson } from './read-json';
import type { CallOptions, ClientOptions } from './client.options';
import { addressOf, type Input, type Sections } from './input';
import { patiently } from './patience';
import { send } from './send';
import { hear, type StreamOptions } from './stream';

const TIMEOUT_MS = 30_000;

export interface Client {
  /**
   * Calls an endpoint and answers with its reply, checked against the contract.
   * @throws ApiProblem for every answer but success, and with status 0 where there was none
   */
  call<E extends Endpoint>(
    endpoint: E,
    input: Request<E> | Input<E>,
    options?: CallOptions,
  ): Promise<Reply<E>>;
  /** An endpoint that needs no input. */
  call<E extends Endpoint>(endpoint: object extends Input<E> ? E : never): Promise<Reply<E>>;
  /**
   * Hears a stream until its signal ends it; connects again by itself and resumes.
   * @throws ApiProblem where the stream is refused
   */
  stream<E extends Endpoint>(
    endpoint: E,
    input: Request<E> | Input<E>,
    options: StreamOptions<E>,
  ): Promise<void>;
}

function headersOf(endpoint: Endpoint, body: unknown, { correlationId, idempotencyKey }: CallOptions) {
  const key =
    idempotencyKey ?? (endpoint.idempotency === 'required' ? globalThis.crypto.randomUUID() : undefined);
  return {
    accept: 'application/json',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(correlationId === undefined ? {} : { 'x-correlation-id': correlationId }),
    ...(key === undefined || endpoint.idempotency === 'none' ? {} : { 'idempotency-key': key }),
  };
}

/** A typed client of the platform, for browsers and Node. */
export function createClient(client: ClientOptions): Client {
  return {
    async call<E extends Endpoint>(
      endpoint: E,
      input: Sections = {},
      options: CallOptions = {},
    ): Promise<Reply<E>> {
      const { body, ...rest } = input;
      const { signal, timeoutMs = TIMEOUT_MS } = options;
      const headers: Record<string, string> = {
        ...headersOf(endpoint, body, options),
        ...(client.cookies && endpoint.cookie ? { [CSRF_HEADER]: '1' } : {}),
      };
      const attempt = async (): Promise<Reply<E>> => {
        const late = AbortSignal.timeout(timeoutMs);
        const response = await send(client, endpoint.access, {
          address: addressOf(client.baseUrl, endpoint, rest),
          method: endpoint.method,
          headers,
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          signal: signal ? AbortSignal.any([signal, late]) : late,
        });
        if (!response.ok) throw await problemOf(response);
        const reply: unknown = response.status === 204 ? undefined : await readJson(response);
        return endpoint.reply.parse(reply) as Reply<E>;
      };
      const repeatable = endpoint.method === 'GET' || 'idempotency-key' in headers;
      return repeatable ? patiently(client.patienceMs ?? 0, attempt, signal) : attempt();
    },
    stream: (endpoint, input, options) =>
      hear(client, endpoint, addressOf(client.baseUrl, endpoint, input as Sections), options),
  };
}
