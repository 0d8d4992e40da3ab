import { HttpException } from '@nestjs/common';
import type { ErrorCode } from '@orion/contracts';

const BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'MALFORMED_REQUEST',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
  503: 'UPSTREAM_UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

export interface HttpProblem {
  code: ErrorCode;
  status: number;
  detail?: string;
}

const statusOf = (error: Error): number | undefined => {
  if (error instanceof HttpException) return error.getStatus();
  const status: unknown =
    'statusCode' in error ? error.statusCode : 'status' in error ? error.status : undefined;
  return typeof status === 'number' && Number.isInteger(status) ? status : undefined;
};

/** What Nest, Fastify and the body parsers refuse with a status of their own; undefined for any other error. */
export function httpProblem(error: unknown): HttpProblem | undefined {
  if (!(error instanceof Error)) return undefined;
  const status = statusOf(error);
  if (status === undefined || status < 400 || status > 599) return undefined;
  if (status >= 500) {
    const code = error instanceof HttpException ? BY_STATUS[status] : undefined;
    return code && { code, status };
  }
  const code = BY_STATUS[status] ?? 'MALFORMED_REQUEST';
  return { code, status, ...(code === 'MALFORMED_REQUEST' ? { detail: error.message } : {}) };
}
