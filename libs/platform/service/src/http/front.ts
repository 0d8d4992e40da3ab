import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Sees every request of a service before Fastify does, for a service that passes most of them on and would gain nothing
 * from a router, hooks and handlers.
 * @returns whether it takes the request, and so answers, measures and logs it alone
 */
export type Front = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Leaves everything to Fastify. */
export const noFront: Front = () => false;
