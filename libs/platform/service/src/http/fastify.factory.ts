import { FieldProblems, toProblem, problemHeaders } from '@orion/problem';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { CORRELATION_HEADER, acceptedCorrelationId } from '@orion/logger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createServer, type RequestListener, type Server, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Front } from './front';
import { hostileText } from './hostile-text';
import { watchSilentConnections } from './silent-connections';
import { forgetBody } from './unread-body';

/** Bytes; larger bodies are refused with 413. */
export const BODY_LIMIT = 1_048_576;

const TOO_LARGE = 413;
const LONGEST_PARAMETER = 512;
/** Networks a gateway or load balancer stands in; only they may say on whose behalf they call. */
const TRUSTED_PROXIES = 'loopback, linklocal, uniquelocal';

function answerProblem(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const problem = toProblem(error, (request.raw.url ?? '').split('?', 1)[0]);
  const correlationId = acceptedCorrelationId(request.headers[CORRELATION_HEADER]);
  const full = { ...problem, ...(correlationId ? { correlationId } : {}) };
  void reply.code(full.status).headers(problemHeaders(full)).send(JSON.stringify(full));
}

const UNREADABLE: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Answers what is not HTTP at all, before there is a request to speak of. */
function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const statusCode = UNREADABLE[error.code ?? ''] ?? 400;
  const text = STATUS_CODES[statusCode];
  const body = JSON.stringify(toProblem(Object.assign(new Error(text), { statusCode })));
  socket.end(
    `HTTP/1.1 ${statusCode} ${text}\r\ncontent-type: application/problem+json; charset=utf-8\r\n` +
      `connection: close\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/** A connection kept alive by a request that was running when the server began to close would hold it open. */
function closeAsTheyFallIdle(server: Server): void {
  const timer = setInterval(() => server.closeIdleConnections(), 50);
  server.once('close', () => clearInterval(timer));
}

/**
 * Fastify as every service runs it: JSON only, bodies of at most 1 MiB, errors as problem documents from the start.
 * @param front sees every request first; Fastify gets what it does not take
 */
export function createAdapter(front: Front): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    trustProxy: TRUSTED_PROXIES,
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    serverFactory: (handler: RequestListener) =>
      createServer({ requestTimeout: 30_000, keepAliveTimeout: 65_000 }, (request, response) => {
        if (!front(request, response)) handler(request, response);
      }),
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    frameworkErrors: answerProblem,
    clientErrorHandler: answerUnreadable,
  });
  const fastify = adapter.getInstance();
  const closeSilent = watchSilentConnections(fastify.server);
  fastify.addHook('preClose', (done) => {
    closeSilent();
    closeAsTheyFallIdle(fastify.server);
    done();
  });
  fastify.addHook('onSend', async (request, reply) => {
    if (reply.statusCode === TOO_LARGE) await forgetBody(request.raw);
  });
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    const hostile = hostileText(body);
    if (hostile !== undefined) done(new FieldProblems([{ field: 'body', reason: hostile }]));
    else if (body.trim() === '') done(null, undefined);
    else parse(request, body, done);
  });
  return adapter;
}
