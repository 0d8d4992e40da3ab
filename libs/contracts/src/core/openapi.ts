import type { z } from 'zod';
import { acceptsKeys, API_PREFIX, CSRF_HEADER, type Endpoint } from './endpoint';
import { ERRORS } from './errors';
import { type Json, schemaWriter } from './json-schema';
import { Problem } from './problem';

const SCHEMAS = '#/components/schemas/';

function parameters(
  kind: 'path' | 'query',
  type: z.ZodType | undefined,
  schema: (type: z.ZodType) => Json,
): Json[] {
  if (!type) return [];
  const { properties = {}, required = [] } = schema(type) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: kind,
    required: kind === 'path' || required.includes(name),
    schema: property,
  }));
}

const problem = (description: string): Json => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

function mediaTypes({ stream, file }: Endpoint): string[] {
  if (file) return Object.values(file.types);
  return [stream ? 'text/event-stream' : 'application/json'];
}

function responses(endpoint: Endpoint, schema: (type: z.ZodType) => Json): Json {
  const byStatus = new Map<number, string[]>();
  const codes = [
    ...endpoint.errors,
    ...(Object.keys(endpoint.input).length > 0 ? (['VALIDATION_FAILED'] as const) : []),
    ...(endpoint.input.body
      ? (['MALFORMED_REQUEST', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'] as const)
      : []),
    ...(endpoint.idempotency === 'none' ? [] : (['REQUEST_IN_PROGRESS', 'IDEMPOTENCY_KEY_REUSED'] as const)),
    ...(endpoint.idempotency === 'required' ? (['IDEMPOTENCY_KEY_MISSING'] as const) : []),
    ...(endpoint.cookie ? (['CROSS_SITE_REFUSED'] as const) : []),
    ...(endpoint.personal ? (['IMPERSONATED'] as const) : []),
    ...(endpoint.access === 'public' ? [] : (['UNAUTHENTICATED'] as const)),
    ...(endpoint.access === 'public' || endpoint.access === 'authenticated' ? [] : (['FORBIDDEN'] as const)),
    ...(endpoint.access === 'public' || acceptsKeys(endpoint) ? [] : (['API_KEY_REFUSED'] as const)),
  ];
  for (const code of new Set(codes)) {
    const { status, title } = ERRORS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), `${code}: ${title}`]);
  }
  const success =
    endpoint.status === 204
      ? { description: 'Done' }
      : {
          description: 'OK',
          content: Object.fromEntries(
            mediaTypes(endpoint).map((type) => [type, { schema: schema(endpoint.reply) }]),
          ),
        };
  return Object.fromEntries([
    [String(endpoint.status), success],
    ...[...byStatus].map(([status, texts]) => [String(status), problem(texts.join('; '))]),
    ['default', problem('Any other problem')],
  ]);
}

const idempotencyHeader = (endpoint: Endpoint): Json[] =>
  endpoint.idempotency === 'none'
    ? []
    : [
        {
          name: 'Idempotency-Key',
          in: 'header',
          required: endpoint.idempotency === 'required',
          schema: { type: 'string', minLength: 1, maxLength: 200 },
          description: 'Same key and body: the same answer; another body: 422',
        },
      ];

const resumeHeader = (endpoint: Endpoint): Json[] =>
  endpoint.stream && !endpoint.file
    ? [
        {
          name: 'Last-Event-ID',
          in: 'header',
          required: false,
          schema: { type: 'string' },
          description: 'Resume after this event',
        },
      ]
    : [];

const cookieParts = ({ cookie }: Endpoint): Json[] =>
  cookie
    ? [
        {
          name: CSRF_HEADER,
          in: 'header',
          required: false,
          schema: { type: 'string' },
          description: 'Needed, with any value, where the cookie is used; from pages of this site only',
        },
        {
          name: `${cookie.name}_{organizationId}`,
          in: 'cookie',
          required: false,
          schema: { type: 'string' },
          description: `HttpOnly, SameSite=Strict, below ${cookie.path}; the platform sets and reads it`,
        },
      ]
    : [];

/** OpenAPI 3.1 document of the given endpoints, in a stable order. */
export function openapi(
  endpoints: readonly Endpoint[],
  info: { title: string; version: string; description?: string },
): Json {
  const input = schemaWriter('input', SCHEMAS);
  const output = schemaWriter('output', SCHEMAS);
  const paths: Record<string, Json> = {};
  for (const it of [...endpoints].sort((a, b) => (a.path + a.method).localeCompare(b.path + b.method))) {
    const path = API_PREFIX + it.path.replace(/:(\w+)/g, '{$1}');
    const operation: Json = {
      operationId: it.id,
      tags: [it.id.split('.')[0]],
      summary: it.summary,
      security: it.access === 'public' ? [] : [{ bearer: [] }],
      'x-permission': it.access,
      'x-api-keys': acceptsKeys(it),
      parameters: [
        ...parameters('path', it.input.params, input.schema),
        ...parameters('query', it.input.query, input.schema),
        ...idempotencyHeader(it),
        ...resumeHeader(it),
        ...cookieParts(it),
      ],
      ...(it.input.body
        ? {
            requestBody: {
              required: true,
              content: { 'application/json': { schema: input.schema(it.input.body) } },
            },
          }
        : {}),
      responses: responses(it, output.schema),
    };
    paths[path] = { ...paths[path], [it.method.toLowerCase()]: operation };
  }
  const schemas = { ...input.collected, ...output.collected };
  schemas['Problem'] ??= output.schema(Problem);
  return {
    openapi: '3.1.0',
    info,
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT or orion_…',
          description: 'An access token, or an API key where `x-api-keys` says so',
        },
      },
      schemas,
    },
  };
}
