import { Inject, Injectable } from '@nestjs/common';
import {
  AddressResolver,
  ForbiddenTarget,
  guardedLookup,
  refuseLiteral,
  targetProblem,
} from '@orion/outbound';
import { type Agent, type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';
import type { NotificationConfig } from '../notification.config';
import { CONFIG } from '@orion/service';
import { excerpt, shortError } from './excerpt';
import type { Attempt } from './outcome';

/** For everything together: name, connection, TLS, headers and body. */
const TIMEOUT_MS = 10_000;
/** Bytes of an answer that are read; what comes after is cut off. */
const ANSWER_BYTES = 64 * 1_024;

export interface Outgoing {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** An attempt with what the log keeps of it. */
export interface Sent {
  attempt: Attempt;
  response: string;
  durationMs: number;
}

const isForbidden = (error: unknown): boolean =>
  error instanceof ForbiddenTarget ||
  (error instanceof Error && error.message.includes('is not allowed. Because'));

async function read(answer: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= ANSWER_BYTES) break;
  }
  return Buffer.concat(chunks);
}

/** Makes one attempt: connects to allowed addresses only, follows nothing, ends in time. */
@Injectable()
export class WebhookSender {
  private readonly agents: { http: Agent; https: Agent };
  private readonly allowLoopback: boolean;
  private readonly lookup: LookupFunction;

  constructor(resolver: AddressResolver, @Inject(CONFIG) { WEBHOOK_ALLOW_LOOPBACK }: NotificationConfig) {
    this.allowLoopback = WEBHOOK_ALLOW_LOOPBACK;
    this.lookup = guardedLookup(resolver, WEBHOOK_ALLOW_LOOPBACK);
    const options = {
      keepAlive: false,
      allowIPAddressList: WEBHOOK_ALLOW_LOOPBACK ? ['127.0.0.1', '::1'] : [],
    };
    this.agents = {
      http: new RequestFilteringHttpAgent(options),
      https: new RequestFilteringHttpsAgent(options),
    };
  }

  async send(outgoing: Outgoing): Promise<Sent> {
    const started = performance.now();
    const done = (attempt: Attempt, response = ''): Sent => ({
      attempt,
      response,
      durationMs: Math.round(performance.now() - started),
    });
    const problem = targetProblem(outgoing.url);
    if (problem !== null) return done({ kind: 'forbidden', error: `The address ${problem}` });
    const deadline = AbortSignal.timeout(TIMEOUT_MS);
    try {
      const answer = await this.post(outgoing, deadline);
      const body = await read(answer);
      const retryAfter = answer.headers['retry-after'];
      return done({ kind: 'answered', status: answer.statusCode ?? 0, retryAfter }, excerpt(body));
    } catch (error) {
      if (isForbidden(error))
        return done({ kind: 'forbidden', error: 'The host is not at public addresses' });
      const reason = deadline.aborted
        ? `no full answer within ${TIMEOUT_MS / 1_000} s`
        : String((error as Error).message);
      return done({ kind: 'broken', error: shortError(reason) || 'the connection failed' });
    }
  }

  /** @throws ForbiddenTarget */
  private async post({ url, headers, body }: Outgoing, signal: AbortSignal): Promise<IncomingMessage> {
    refuseLiteral(url, this.allowLoopback);
    const secure = new URL(url).protocol === 'https:';
    const bytes = Buffer.from(body, 'utf8');
    return new Promise((resolve, reject) => {
      const request = (secure ? httpsRequest : httpRequest)(
        url,
        {
          method: 'POST',
          agent: secure ? this.agents.https : this.agents.http,
          lookup: this.lookup,
          signal,
          headers: {
            ...headers,
            'content-type': 'application/json',
            'content-length': bytes.length,
            'user-agent': 'Orion-Webhooks/1.0',
            accept: '*/*',
          },
        },
        resolve,
      );
      request.on('error', reject);
      request.on('upgrade', (_answer, socket) => {
        socket.destroy();
        reject(new Error('the receiver asked for another protocol'));
      });
      request.end(bytes);
    });
  }
}
