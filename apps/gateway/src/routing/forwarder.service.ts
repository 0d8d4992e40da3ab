import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Endpoint, ServiceName } from '@orion/contracts';
import { CONFIG } from '@orion/service';
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import type { GatewayConfig } from '../gateway.config';
import type { Answer } from './answer.http';
import { Breakers, ConnectionLost, unavailable } from './breakers.service';
import { Delivery } from './delivery.http';
import { isIdempotent } from './idempotent';
import { RequestBody } from './request-body.stream';
import { addressesIn } from './upstreams';

const PAUSE_BEFORE_RETRY_MS = 100;
/** A connection idle for longer is closed here, before the service does it in the middle of a request. */
const IDLE_MS = 30_000;
const CONNECTIONS = 256;
/** The longest a file may take. */
const FILE_DEADLINE_MS = 15 * 60_000;

/** What is forwarded: the request, and the headers its service gets. */
export interface Forwarded {
  request: IncomingMessage;
  endpoint: Endpoint;
  /** Names and values in turn. */
  headers: string[];
  answer: Answer;
}

interface Target {
  pool: Pool;
  /** What stands before every path. */
  prefix: string;
}

function targetAt(address: string): Target {
  const { origin, pathname } = new URL(address);
  const pool = new Pool(origin, {
    connections: CONNECTIONS,
    keepAliveTimeout: IDLE_MS,
    keepAliveMaxTimeout: IDLE_MS,
    // A request has one deadline for all of it.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  return { pool, prefix: pathname.replace(/\/$/, '') };
}

/** Sends a request on to the service that owns its endpoint and its answer back. */
@Injectable()
export class Forwarder implements OnApplicationShutdown {
  private readonly targets: Readonly<Partial<Record<ServiceName, Target>>>;

  constructor(
    @Inject(CONFIG) private readonly config: GatewayConfig,
    private readonly breakers: Breakers,
  ) {
    this.targets = Object.fromEntries(
      Object.entries(addressesIn(config)).map(([service, address]) => [service, targetAt(address)]),
    );
  }

  /**
   * Resolves when the answer has begun. Calls with one effect either way get a second attempt when their connection
   * is lost before that.
   * @throws BusinessRuleException UPSTREAM_UNAVAILABLE, DEADLINE_EXCEEDED, PAYLOAD_TOO_LARGE; ClientGone
   */
  async forward({ request, endpoint, headers, answer }: Forwarded): Promise<void> {
    const { service } = endpoint;
    const target = this.targets[service];
    if (!target) throw unavailable(service);
    const { method = '', url = '' } = request;
    const again = isIdempotent(method, endpoint, request.headers['idempotency-key']);
    const body = RequestBody.of(request, again);
    const deadlines = {
      answerMs: this.config.UPSTREAM_DEADLINE_MS,
      ...(endpoint.file ? { fileMs: FILE_DEADLINE_MS } : {}),
    };
    const delivery = new Delivery(request, answer, body, deadlines);
    const options = { method, path: target.prefix + url, headers };
    const once = () => this.breakers.call(service, () => delivery.attemptWith(target.pool, options));
    try {
      await once().catch(async (error: unknown) => {
        if (!again || !(error instanceof ConnectionLost)) throw error;
        await sleep(PAUSE_BEFORE_RETRY_MS);
        await once();
      });
    } catch (error) {
      delivery.stop();
      throw error instanceof ConnectionLost ? unavailable(service) : error;
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(Object.values(this.targets).map(({ pool }) => pool.destroy()));
  }
}
