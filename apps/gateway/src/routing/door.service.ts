import { Inject, Injectable } from '@nestjs/common';
import { API_PREFIX } from '@orion/contracts';
import { currentContext } from '@orion/logger';
import { BusinessRuleException } from '@orion/problem';
import type { Principal } from '@orion/security';
import { CONFIG } from '@orion/service';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { GatewayConfig } from '../gateway.config';
import { Admission, checkAllowed } from './admission.service';
import { clientOf, exchangedHeaders, forwardedHeaders } from './forwarded';
import { OpenStreams } from './open-streams';
import { rateLimitHeaders } from './rate-limit';
import { Refusal } from './refusal.service';
import { dropWhenStuck } from './stuck-listener.http';
import { trustedProxies } from './trusted-proxies.net';

type Next = (error?: unknown) => void;

/** The way of every request the gateway answers itself: who it is from, how often, what it is for, whether it may. */
@Injectable()
export class Door {
  private readonly streams = new OpenStreams();
  private readonly trusted: (address: string) => boolean;

  constructor(
    @Inject(CONFIG) config: Pick<GatewayConfig, 'TRUSTED_PROXIES'>,
    private readonly admission: Admission,
    private readonly refusal: Refusal,
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

  /** Connect middleware: lets pass what the gateway has an answer to, and what is not of the API. */
  readonly enter = (request: IncomingMessage, response: ServerResponse, next: Next): void => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    if (path !== API_PREFIX && !path.startsWith(`${API_PREFIX}/`)) return next();
    this.pass(request, response, path).then(
      (own) => own && next(),
      (error: unknown) => this.refusal.answer(request, response, path, error),
    );
  };

  /** @returns whether the request is still to be answered */
  private async pass(request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean> {
    const address = String(request.headers['x-forwarded-for']);
    const { caller, counted } = await this.admission.receive(address, request.headers.authorization);
    if (caller.byKey)
      request.headers = exchangedHeaders(request.headers, caller.bearer?.token) as IncomingHttpHeaders;
    for (const [name, value] of Object.entries(rateLimitHeaders(counted))) response.setHeader(name, value);
    checkAllowed(counted);
    const method = request.method ?? '';
    const match = this.admission.match(method, path);
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
    const principal = await this.admission.admit(endpoint, caller);
    if (endpoint.stream) this.openStream(response, principal);
    return true;
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
}
