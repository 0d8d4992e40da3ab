import { Inject, Injectable } from '@nestjs/common';
import type { Endpoint } from '@orion/contracts';
import {
  type Context,
  contextOfHeaders,
  contextOfRequest,
  CORRELATION_HEADER,
  extendContext,
  Log,
  runForRequest,
  runInContext,
} from '@orion/logger';
import { contextOf } from '@orion/security';
import { CONFIG, observeRequest } from '@orion/service';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GatewayConfig } from '../gateway.config';
import { WEB_HEADERS } from '../web/web.setup';
import { Admission, checkAllowed } from './admission.service';
import { Answer } from './answer.http';
import { compress, crossOrigin, securityHeaders } from './connect.http';
import { clientOf, exchangedHeaders, upstreamHeaders } from './forwarded';
import { Forwarder } from './forwarder.service';
import { rateLimitHeaders } from './rate-limit';
import { Refusal } from './refusal.service';
import { trustedProxies } from './trusted-proxies.net';

const noop = (): void => undefined;

/** One request of an endpoint that another service owns. */
interface Passage {
  request: IncomingMessage;
  response: ServerResponse;
  endpoint: Endpoint;
  /** Without its query. */
  path: string;
  context: Context;
}

/**
 * The way of every request for another service, from the server to its answer: the same checks as at the door, without
 * a router, hooks and handlers in between. What it does not take, the door does.
 */
@Injectable()
export class FrontDoor {
  private readonly trusted: (address: string) => boolean;
  private readonly crossOrigin: ReturnType<typeof crossOrigin> | undefined;
  private readonly defaults = securityHeaders(WEB_HEADERS);

  constructor(
    @Inject(CONFIG) config: Pick<GatewayConfig, 'TRUSTED_PROXIES' | 'CORS_ORIGINS'>,
    private readonly admission: Admission,
    private readonly forwarder: Forwarder,
    private readonly refusal: Refusal,
    private readonly log: Log,
  ) {
    this.trusted = trustedProxies(config.TRUSTED_PROXIES);
    if (config.CORS_ORIGINS.length > 0) this.crossOrigin = crossOrigin(config.CORS_ORIGINS);
  }

  /** Takes a request whose endpoint another service owns; questions about what is allowed are not passed on. */
  readonly take = (request: IncomingMessage, response: ServerResponse): boolean => {
    const { method = '', url = '' } = request;
    if (method === 'OPTIONS') return false;
    const query = url.indexOf('?');
    const path = query < 0 ? url : url.slice(0, query);
    const match = this.admission.match(method, path);
    if (match.kind !== 'found' || match.endpoint.service === 'gateway') return false;
    const context = contextOfHeaders(request.headers);
    const passage = { request, response, endpoint: match.endpoint, path, context };
    this.observe(passage);
    runForRequest(request, context, () => void this.pass(passage));
    return true;
  };

  private async pass({ request, response, endpoint, path, context }: Passage): Promise<void> {
    const answer = new Answer(response, this.defaults, [CORRELATION_HEADER, context.correlationId]);
    try {
      if (!isServing(request)) response.shouldKeepAlive = false;
      const { headers, socket } = request;
      this.crossOrigin?.(request, response, noop);
      if (headers['accept-encoding'] !== undefined) compress(request, response, noop);
      const { encrypted = false } = socket as { encrypted?: boolean };
      const client = clientOf(headers, socket.remoteAddress ?? '', encrypted, this.trusted);
      const { caller, counted } = await this.admission.receive(client.address, headers.authorization);
      for (const [name, value] of Object.entries(rateLimitHeaders(counted))) answer.add(name, value);
      checkAllowed(counted);
      const principal = await this.admission.admit(endpoint, caller);
      if (principal) extendContext(contextOf(principal));
      const told = caller.byKey ? exchangedHeaders(headers, caller.bearer?.token) : headers;
      await this.forwarder.forward({
        request,
        endpoint,
        headers: upstreamHeaders(told, client, context.correlationId),
        answer,
      });
    } catch (error) {
      if (!response.headersSent) answer.setOwnHeaders();
      await this.refusal.answer(request, response, path, error);
    }
  }

  /** Measures the request under its endpoint and logs it, once its answer is through or broken off. */
  private observe({ request, response, endpoint, path }: Passage): void {
    const begun = performance.now();
    response.once('close', () => {
      const durationMs = performance.now() - begun;
      const { statusCode: status, writableFinished } = response;
      if (writableFinished) observeRequest(endpoint.id, status, durationMs);
      const { method } = request;
      const fields = {
        msg: `${method} ${path} ${status}`,
        method,
        path,
        status,
        endpoint: endpoint.id,
        upstream: endpoint.service,
        durationMs: Math.round(durationMs),
      };
      runInContext(contextOfRequest(request) ?? {}, () => {
        if (!writableFinished) this.log.warn('http_request_aborted', fields);
        else if (status >= 500) this.log.error('http_request_failed', fields);
        else if (status >= 400) this.log.warn('http_request_completed', fields);
        else this.log.info('http_request_completed', fields);
      });
    });
  }
}

/** A server that closes takes no further requests on its connections. */
const isServing = ({ socket }: IncomingMessage): boolean =>
  (socket as { server?: { listening: boolean } }).server?.listening !== false;
