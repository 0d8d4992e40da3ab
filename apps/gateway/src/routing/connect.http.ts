import compression from 'compression';
import cors from 'cors';
import helmet, { type HelmetOptions } from 'helmet';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';

type Middleware = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

const EXPOSED = [
  'Retry-After',
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'RateLimit-Policy',
  'X-Correlation-Id',
];

/** Lets pages of these origins, and of no others, call the API from a browser. */
export const crossOrigin = (origins: readonly string[]): Middleware =>
  cors({
    origin: origins.length > 0 ? [...origins] : false,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'Last-Event-ID', 'X-Correlation-Id'],
    exposedHeaders: EXPOSED,
    maxAge: 600,
    preflightContinue: true,
  });

/** Compresses replies of a KiB and more for those who can read that. */
export const compress = compression({ threshold: 1024 }) as unknown as Middleware;

/** The headers Helmet sets, which are the same on every answer: names in small letters and values in turn. */
export function securityHeaders(options: HelmetOptions): string[] {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  helmet(options)(response.req, response, (error) => {
    if (error instanceof Error) throw error;
  });
  return Object.entries(response.getHeaders()).flatMap(([name, value]) => [name, String(value)]);
}
