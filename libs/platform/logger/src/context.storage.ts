import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

/** Where a request comes from. */
export interface Client {
  address: string;
  userAgent: string;
}

/** A symbol, so that no line of the log carries where somebody sits. */
export const CLIENT = Symbol('client');

/** What is known about the work in hand; every log line and every published event carries it. */
export interface Context {
  correlationId: string;
  organizationId?: string;
  userId?: string;
  /** Who acts for that user, where somebody does. */
  impersonatorId?: string;
  apiKeyId?: string;
  /** Id of the event that caused this work. */
  causationId?: string;
  /** W3C trace context. */
  traceparent?: string;
  [CLIENT]?: Client;
}

const storage = new AsyncLocalStorage<Context>();
const ofRequest = new WeakMap<object, Context>();

export const newCorrelationId = (): string => randomUUID();

/** The context of the work in hand; outside of any, one with a new correlation id. */
export const currentContext = (): Context => storage.getStore() ?? { correlationId: newCorrelationId() };

/** The context of the work in hand, where there is one. */
export const knownContext = (): Context | undefined => storage.getStore();

/** Runs `fn`, and everything it starts, in a context; a missing correlation id is made up. */
export function runInContext<T>(context: Partial<Context>, fn: () => T): T {
  return storage.run({ ...context, correlationId: context.correlationId ?? newCorrelationId() }, fn);
}

/** As `runInContext`; the context can be found again from the request when its answer ends outside of it. */
export function runForRequest<T>(request: object, context: Partial<Context>, fn: () => T): T {
  const full = { ...context, correlationId: context.correlationId ?? newCorrelationId() };
  ofRequest.set(request, full);
  return storage.run(full, fn);
}

export const contextOfRequest = (request: object): Context | undefined => ofRequest.get(request);

/** Adds what has become known, such as who is calling, to the context of the work in hand. */
export function extendContext(more: Partial<Omit<Context, 'correlationId'>>): void {
  Object.assign(storage.getStore() ?? {}, more);
}
