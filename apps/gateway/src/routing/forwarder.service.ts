import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Endpoint, ServiceName } from '@orion/contracts';
import { BusinessRuleException } from '@orion/problem';
import { CONFIG } from '@orion/service';
import { createProxyMiddleware } from 'http-proxy-middleware';
import { Agent, type ClientRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GatewayConfig } from '../gateway.config';
import { Breakers, ConnectionLost, unavailable } from './breakers.service';
import { isIdempotent } from './idempotent';
import { RequestBody } from './request-body.stream';
import { addressesIn } from './upstreams';

const PAUSE_BEFORE_RETRY_MS = 100;
/** A connection idle for longer is closed here, before the service does it in the middle of a request. */
const IDLE_MS = 30_000;

/** The client went away; nobody is left to answer. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone';
}

interface Attempt {
  target: string;
  body: RequestBody;
  upstream?: ClientRequest;
  /** `begun`: the answer is on its way to the client; `over`: given up, its connection ends unheard. */
  state: 'waiting' | 'begun' | 'over';
  answered: () => void;
  failed: (error: Error) => void;
}

/** Sends a request on to the service that owns its endpoint and its answer back. */
@Injectable()
export class Forwarder implements OnApplicationShutdown {
  private readonly agent = new Agent({
    keepAlive: true,
    maxSockets: 256,
    maxFreeSockets: 64,
    timeout: IDLE_MS,
  });
  private readonly attempts = new WeakMap<IncomingMessage, Attempt>();
  private readonly targets: Readonly<Partial<Record<ServiceName, string>>>;

  private readonly proxy = createProxyMiddleware<IncomingMessage, ServerResponse>({
    agent: this.agent,
    changeOrigin: true,
    router: (request, _response, options) => {
      const attempt = this.attempts.get(request);
      if (!attempt) throw new Error('a request is forwarded by forward() only');
      options.buffer = attempt.body.open(attempt.failed);
      return attempt.target;
    },
    on: {
      proxyReq: (upstream, request) => {
        upstream.setHeader('connection', 'keep-alive');
        const attempt = this.attempts.get(request);
        if (attempt) attempt.upstream = upstream;
      },
      proxyRes: (answer, request) => {
        delete answer.headers['connection'];
        delete answer.headers['keep-alive'];
        this.attempts.get(request)?.answered();
      },
      error: (error, request, response) => this.lost(error, request, response as ServerResponse),
      econnreset: (_error, request) => this.attempts.get(request)?.failed(new ClientGone()),
    },
  });

  constructor(
    @Inject(CONFIG) private readonly config: GatewayConfig,
    private readonly breakers: Breakers,
  ) {
    this.targets = addressesIn(config);
  }

  /**
   * Resolves when the answer has begun. Calls with one effect either way get a second attempt when their connection
   * is lost before that.
   * @throws BusinessRuleException UPSTREAM_UNAVAILABLE, DEADLINE_EXCEEDED, PAYLOAD_TOO_LARGE; ClientGone
   */
  async forward(request: IncomingMessage, response: ServerResponse, endpoint: Endpoint): Promise<void> {
    const target = this.targets[endpoint.service];
    if (!target) throw unavailable(endpoint.service);
    const again = isIdempotent(request.method ?? '', endpoint, request.headers['idempotency-key']);
    const body = new RequestBody(request, again);
    body.checkAnnounced();
    const once = () =>
      this.breakers.call(endpoint.service, () => this.attempt(request, response, { target, body }));
    const stopDeadline = this.startDeadline(request, response);
    try {
      try {
        await once();
      } catch (error) {
        if (!again || !(error instanceof ConnectionLost)) throw error;
        await sleep(PAUSE_BEFORE_RETRY_MS);
        await once();
      }
    } catch (error) {
      stopDeadline();
      void body.drain();
      throw error instanceof ConnectionLost ? unavailable(endpoint.service) : error;
    }
  }

  onApplicationShutdown(): void {
    this.agent.destroy();
  }

  private async attempt(
    request: IncomingMessage,
    response: ServerResponse,
    to: Pick<Attempt, 'target' | 'body'>,
  ): Promise<void> {
    if (response.destroyed) throw new ClientGone();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const attempt: Attempt = {
      ...to,
      state: 'waiting',
      answered: () => {
        attempt.state = 'begun';
        resolve();
      },
      failed: reject,
    };
    this.attempts.set(request, attempt);
    void this.proxy(request, response, (error) => reject(new ConnectionLost(String(error))));
    try {
      await promise;
    } catch (error) {
      attempt.state = 'over';
      attempt.upstream?.destroy();
      throw error;
    }
  }

  /**
   * Ends at the deadline what has not ended by then: with a problem, or by breaking off a reply that has begun. The
   * time runs once the whole request has arrived; how long that may take is the server's `requestTimeout`.
   */
  private startDeadline(request: IncomingMessage, response: ServerResponse): () => void {
    let timer: NodeJS.Timeout | undefined;
    const late = () => {
      if (response.headersSent) response.destroy();
      else this.attempts.get(request)?.failed(new BusinessRuleException('DEADLINE_EXCEEDED'));
    };
    const start = () => {
      timer = setTimeout(late, this.config.UPSTREAM_DEADLINE_MS);
    };
    const stop = () => {
      request.off('end', start);
      clearTimeout(timer);
    };
    if (request.complete) start();
    else request.once('end', start);
    response.once('close', stop);
    return stop;
  }

  private lost(error: Error, request: IncomingMessage, response: ServerResponse): void {
    const attempt = this.attempts.get(request);
    if (attempt?.state === 'begun') response.destroy();
    else attempt?.failed(response.destroyed ? new ClientGone() : new ConnectionLost(error.message));
  }
}
