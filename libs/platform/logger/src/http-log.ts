import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Options } from 'pino-http';
import { contextOfRequest } from './context.storage';

const QUIET = /^\/(health(\/|$)|metrics$)/;

/** The path as it came, without its query, which may hold what nobody should read in a log. */
const pathOf = (request: IncomingMessage & { originalUrl?: string }): string =>
  (request.originalUrl ?? request.url ?? '').split('?', 1)[0] ?? '';

const text = (request: IncomingMessage, response: ServerResponse): string =>
  `${request.method} ${pathOf(request)} ${response.statusCode}`;

const line = (request: IncomingMessage, response: ServerResponse): Record<string, unknown> => ({
  ...contextOfRequest(request),
  event: response.statusCode >= 500 ? 'http_request_failed' : 'http_request_completed',
  method: request.method,
  path: pathOf(request),
  status: response.statusCode,
});

/** One entry for each request, when it ends; health and metrics are not worth one. */
export const httpLog: Options = {
  wrapSerializers: false,
  serializers: { req: () => undefined },
  autoLogging: { ignore: (request) => QUIET.test(pathOf(request)) },
  customLogLevel: (_request, response, error) =>
    error || response.statusCode >= 500 ? 'error' : response.statusCode >= 400 ? 'warn' : 'info',
  customSuccessMessage: text,
  customErrorMessage: text,
  customSuccessObject: (request, response, value: { responseTime?: number }) => ({
    ...line(request, response),
    durationMs: value.responseTime,
  }),
  customErrorObject: (request, response, _error, value: { responseTime?: number }) => ({
    ...line(request, response),
    durationMs: value.responseTime,
  }),
};
