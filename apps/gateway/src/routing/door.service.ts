import { Inject, Injectable } from '@nestjs/common';
import { API_PREFIX, type Endpoint, ENDPOINTS } from '@orion/contracts';
import { currentContext, Log } from '@orion/logger';
import { BusinessRuleException } from '@orion/problem';
import { Authenticator, bearerToken, type Principal } from '@orion/security';
import { CONFIG } from '@orion/service';
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { GatewayConfig } from '../gateway.config';
import { clientOf, forwardedHeaders } from './forwarded';
import { ClientGone, Forwarder } from './forwarder.service';
import { OpenStreams } from './open-streams';
import { answerProblem } from './problem.answer';
import { type Counted, rateLimitHeaders, rateLimitKey } from './rate-limit';
import { RateLimiter } from './rate-limiter.service';
import { routeTable } from './route-table';
import { dropWhenStuck } from './stuck-listener.http';
import { trustedProxies } from './trusted-proxies.net';

type Next = (error?: unknown) => void;

const hash = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** The way of every request: who it is from, how often, what it is for, whether it may, and on to the service. */
@Injectable()
export class Door {
  private readonly routes = routeTable(ENDPOINTS);
  private readonly streams = new OpenStreams();
  private readonly trusted: (address: string) => boolean;

  constructor(
    @Inject(CONFIG) config: Pick<GatewayConfig, 'TRUSTED_PROXIES'>,
    private readonly limiter: RateLimiter,
    private readonly authenticator: Authenticator,
    private readonly forwarder: Forwarder,
    private readonly log: Log,
  ) {
    this.trusted = trustedProxies(config.TRUSTED_PROXIES);
  }

  /** Connect middleware, before everything else: makes the headers say what is true. */
  readonly identify = (request: IncomingMessage, _response: ServerResponse, next: Next): void => {
    const { encrypted = false } = request.socket as { encrypted?: boolean };
    const client = clientOf(request.headers, request.socket.remoteAddress ?? '', encrypted, this.trusted);
    request.headers = forwardedHeaders(
      request.headers,
      client,
      currentContext().correlationId,
    ) as IncomingHttpHeaders;
    next();
  };

  /** Connect middleware: answers or forwards what belongs to the API, lets the rest through. */
  readonly enter = (request: IncomingMessage, response: ServerResponse, next: Next): void => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    if (path !== API_PREFIX && !path.startsWith(`${API_PREFIX}/`)) return next();
    this.pass(request, response, path).then(
      (own) => own && next(),
      (error: unknown) => this.refuse(request, response, path, error),
    );
  };

  /** @returns whether the endpoint is the gateway's own, and so still to be answered */
  private async pass(request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean> {
    const address = String(request.headers['x-forwarded-for']);
    await this.limit(response, address, request.headers.authorization);
    const method = request.method ?? '';
    const match = this.routes.match(method, path);
    if (match.kind === 'malformed')
      throw new BusinessRuleException('MALFORMED_REQUEST', 'The path cannot be read');
    if (match.kind === 'unknown') throw new BusinessRuleException('NOT_FOUND');
    if (match.kind === 'wrong-method') {
      if (method === 'OPTIONS') {
        response.writeHead(204, { allow: match.allow.join(', ') }).end();
        return false;
      }
      throw new BusinessRuleException('METHOD_NOT_ALLOWED', undefined, { allow: match.allow });
    }
    const { endpoint } = match;
    const principal = await this.admit(request, endpoint, address);
    if (endpoint.stream) this.openStream(response, principal);
    if (endpoint.service === 'gateway') return true;
    this.logWhenDone(request, response, path, endpoint);
    await this.forwarder.forward(request, response, endpoint);
    return false;
  }

  private async limit(
    response: ServerResponse,
    address: string,
    authorization: string | undefined,
  ): Promise<void> {
    const token = bearerToken(authorization);
    const refused = token === undefined ? undefined : await this.limiter.refusedTooOften(address);
    const counted =
      refused ??
      (await this.limiter.count(rateLimitKey({ address, ...(token ? { tokenHash: hash(token) } : {}) })));
    for (const [name, value] of Object.entries(rateLimitHeaders(counted))) response.setHeader(name, value);
    if (!counted.allowed) throw tooMany(counted);
  }

  private async admit(
    request: IncomingMessage,
    endpoint: Endpoint,
    address: string,
  ): Promise<Principal | null> {
    try {
      return await this.authenticator.admit(endpoint, request.headers.authorization);
    } catch (error) {
      const refused = error instanceof BusinessRuleException && error.code === 'UNAUTHENTICATED';
      if (refused && bearerToken(request.headers.authorization)) await this.limiter.countRefused(address);
      throw error;
    }
  }

  private openStream(response: ServerResponse, principal: Principal | null): void {
    const close = this.streams.take(principal?.userId ?? '');
    if (!close)
      throw new BusinessRuleException('TOO_MANY_REQUESTS', 'Too many streams are open', {
        retryAfterSeconds: 10,
      });
    response.once('close', close);
    dropWhenStuck(response);
  }

  private refuse(request: IncomingMessage, response: ServerResponse, path: string, error: unknown): void {
    if (error instanceof ClientGone) {
      response.destroy();
      return;
    }
    const problem = answerProblem(request, response, error);
    const fields = { method: request.method, path, code: problem.code };
    if (problem.status >= 500) this.log.error('gateway_request_failed', { ...fields, error });
    else this.log.info('gateway_request_refused', { ...fields, status: problem.status });
  }

  private logWhenDone(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    endpoint: Endpoint,
  ): void {
    const begun = performance.now();
    response.once('finish', () =>
      this.log.info('gateway_request_forwarded', {
        method: request.method,
        path,
        endpoint: endpoint.id,
        upstream: endpoint.service,
        status: response.statusCode,
        durationMs: Math.round(performance.now() - begun),
      }),
    );
  }
}

const tooMany = (counted: Counted) =>
  new BusinessRuleException('TOO_MANY_REQUESTS', undefined, {
    retryAfterSeconds: Math.max(1, Math.ceil(counted.resetMs / 1000)),
  });
