import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';

/** What a handler needs to know of a request beyond its contract. */
export interface CallerHeaders {
  authorization?: string;
  lastEventId?: string;
}

export const NO_HEADERS: CallerHeaders = {};

const one = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;

/** The caller's token, to pass on, and the last event it has heard. */
export const TheHeaders = createParamDecorator((_: unknown, context: ExecutionContext): CallerHeaders => {
  const { headers } = context.switchToHttp().getRequest<Pick<IncomingMessage, 'headers'>>();
  return { authorization: headers.authorization, lastEventId: one(headers['last-event-id']) };
});
