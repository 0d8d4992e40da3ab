import { type Context, newCorrelationId } from './context.storage';

const SANE = /^[A-Za-z0-9][A-Za-z0-9._:-]{7,127}$/;
const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

export const CORRELATION_HEADER = 'x-correlation-id';

type Header = string | string[] | undefined;

/** The correlation id a caller sent, where it is a sane token of 8 to 128 characters. */
export const acceptedCorrelationId = (header: Header): string | undefined =>
  typeof header === 'string' && SANE.test(header) ? header : undefined;

/** A W3C `traceparent` (https://www.w3.org/TR/trace-context/), where it is well formed. */
export const acceptedTraceparent = (header: Header): string | undefined =>
  typeof header === 'string' && TRACEPARENT.test(header) ? header : undefined;

/** What the headers of a request say about its context; a missing correlation id is made up. */
export function contextOfHeaders(headers: Record<string, Header>): Context {
  const correlationId = acceptedCorrelationId(headers[CORRELATION_HEADER]) ?? newCorrelationId();
  const traceparent = acceptedTraceparent(headers['traceparent']);
  return traceparent === undefined ? { correlationId } : { correlationId, traceparent };
}
