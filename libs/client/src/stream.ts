import type { Endpoint, Reply } from '@orion/contracts';
import { EventSource, type FetchLike } from 'eventsource';
import { type ApiProblem, problemOf } from './api-problem';
import type { ClientOptions } from './client.options';
import { isPassing } from './patience';
import { send } from './send';

/** The platform sends a heartbeat every 15 s; a connection silent for longer is taken for dead. */
const SILENCE_MS = 45_000;

export interface Heard<E extends Endpoint> {
  id: string;
  data: Reply<E>;
}

export interface StreamOptions<E extends Endpoint> {
  /** Resume after this event. */
  lastEventId?: string;
  signal?: AbortSignal;
  onEvent: (event: Heard<E>) => void;
  /** True when connected, false when the connection is lost and being made again. */
  onConnected?: (connected: boolean) => void;
}

function watched(response: Response, signal: AbortSignal, dead: () => void): Response['body'] {
  let timer = setTimeout(dead, SILENCE_MS);
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  const watch = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      clearTimeout(timer);
      timer = setTimeout(dead, SILENCE_MS);
      controller.enqueue(chunk);
    },
    flush: () => clearTimeout(timer),
  });
  return response.body?.pipeThrough(watch) ?? null;
}

/**
 * Hears the events of a stream until the signal ends it; connects again by itself, resuming after the last event.
 * @throws ApiProblem where the platform refuses the stream; what `onEvent` throws; an error for an event of another shape
 */
export function hear<E extends Endpoint>(
  client: ClientOptions,
  endpoint: E,
  address: string,
  options: StreamOptions<E>,
): Promise<void> {
  const { signal, onEvent, onConnected } = options;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let lastEventId = options.lastEventId;
  let refusal: ApiProblem | undefined;

  const fetch: FetchLike = async (url, init) => {
    const dead = new AbortController();
    const both = AbortSignal.any([init.signal as AbortSignal, dead.signal]);
    const headers = {
      ...init.headers,
      ...(lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId }),
    };
    const response = await send(client, endpoint.access, {
      address: String(url),
      method: 'GET',
      headers,
      signal: both,
    });
    const { status, redirected, headers: received } = response;
    if (status === 200) {
      const body = watched(response, both, () => dead.abort(new Error('The stream fell silent')));
      return { status, redirected, headers: received, url: response.url, body };
    }
    if (status === 204) return { status, redirected, headers: received, url: response.url, body: null };
    const problem = await problemOf(response);
    if (isPassing(problem) || status >= 500) throw problem;
    refusal = problem;
    return { status, redirected, headers: received, url: response.url, body: null };
  };

  const source = new EventSource(address, { fetch });
  const end = () => {
    source.close();
    resolve();
  };
  source.addEventListener('open', () => onConnected?.(true));
  source.addEventListener('message', ({ data, lastEventId: id }) => {
    if (id !== '') lastEventId = id;
    try {
      onEvent({ id, data: endpoint.reply.parse(JSON.parse(String(data))) as Reply<E> });
    } catch (error) {
      source.close();
      reject(error as Error);
    }
  });
  source.addEventListener('error', () => {
    onConnected?.(false);
    if (source.readyState === source.CLOSED) {
      source.close();
      if (refusal) reject(refusal);
      else resolve();
    }
  });
  if (signal?.aborted) end();
  signal?.addEventListener('abort', end, { once: true });
  return promise;
}
