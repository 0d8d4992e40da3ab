import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable } from '@nestjs/common';
import { CORRELATION_HEADER, Log } from '@orion/logger';
import type { Problem } from '@orion/contracts';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { throwError, type Observable } from 'rxjs';
import { retryAfter } from './retry-after';
import { toProblem } from './to-problem';

type Raw<T, R> = T & { raw?: R };
type FrameworkRequest = Raw<Pick<IncomingMessage, 'url' | 'method'>, IncomingMessage>;
type FrameworkResponse = Raw<object, ServerResponse>;

/** The headers of a problem document. */
export const problemHeaders = (problem: Problem): Record<string, string> => {
  const seconds = retryAfter(problem);
  return {
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    ...(problem.correlationId ? { [CORRELATION_HEADER]: problem.correlationId } : {}),
    ...(seconds === undefined ? {} : { 'retry-after': String(seconds) }),
    ...(problem.status === 401 ? { 'www-authenticate': 'Bearer realm="orion"' } : {}),
    ...(Array.isArray(problem['allow']) ? { allow: problem['allow'].join(', ') } : {}),
  };
};

/** The one filter: every error leaves as a problem document, and what is our fault is logged with its stack. */
@Injectable()
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void | Observable<never> {
    if (host.getType() !== 'http') return throwError(() => error);
    const http = host.switchToHttp();
    const request = http.getRequest<FrameworkRequest>();
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const problem = toProblem(error, path);
    if (problem.status >= 500) {
      this.log.error('http_request_failed', { error, code: problem.code, method: request.method, path });
    }
    this.send(http.getResponse<FrameworkResponse>(), problem);
  }

  private send(response: FrameworkResponse, problem: Problem): void {
    const raw = response.raw ?? (response as ServerResponse);
    if (raw.headersSent) {
      raw.destroy();
      return;
    }
    const body = JSON.stringify(problem);
    const reply = response as Partial<{
      code(status: number): unknown;
      headers(values: Record<string, string>): unknown;
      send(body: string): unknown;
    }>;
    if (reply.code && reply.headers && reply.send) {
      reply.code(problem.status);
      reply.headers(problemHeaders(problem));
      reply.send(body);
      return;
    }
    raw.writeHead(problem.status, problemHeaders(problem)).end(body);
  }
}
