import { contextOfHeaders, CORRELATION_HEADER, runForRequest } from '@orion/logger';
import { BusinessRuleException } from '@orion/problem';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { contractAt, contractOfRoute, methodsAt } from '../contract/implemented';
import { observeRequest } from '../metrics/http.metrics';

const pathOf = (request: FastifyRequest): string => (request.raw.url ?? '').split('?', 1)[0] ?? '';

const refusedMethod = (request: FastifyRequest): Error | undefined => {
  if (!request.is404) return undefined;
  const allow = methodsAt(pathOf(request));
  return allow.length === 0
    ? undefined
    : new BusinessRuleException('METHOD_NOT_ALLOWED', `Offered here: ${allow.join(', ')}`, { allow });
};

/** What a request is measured under: its endpoint, else its route; another service's endpoint has no route here. */
function labelOf(request: FastifyRequest): string {
  const { url } = request.routeOptions;
  if (url !== undefined) return contractOfRoute(request.method, url)?.id ?? url;
  return contractAt(request.method, pathOf(request))?.id ?? 'unknown';
}

/** Every request runs in a context of its own; its duration is measured under the id of its endpoint. */
export function addRequestHooks(fastify: FastifyInstance, { api }: { api: boolean }): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const context = contextOfHeaders(request.headers);
    reply.raw.setHeader(CORRELATION_HEADER, context.correlationId);
    runForRequest(request.raw, context, () => {
      if (!api && pathOf(request).startsWith('/api/')) {
        done(new BusinessRuleException('NOT_FOUND', 'This process does background work only'));
      } else {
        done(refusedMethod(request));
      }
    });
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    observeRequest(labelOf(request), reply.statusCode, reply.elapsedTime);
    done();
  });
}
