import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { ENDPOINTS, endpoint, type Endpoint, ERRORS, exportAuditLog, openapi } from '../index';

type Json = Record<string, unknown>;

interface Operation {
  operationId: string;
  summary: string;
  security: Json[];
  'x-permission': string;
  parameters: { name: string; in: string; required: boolean; schema: Json }[];
  requestBody?: { required: boolean; content: Record<string, { schema: Json }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: Json }> }>;
}

interface Document {
  openapi: string;
  info: Json;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Json>; securitySchemes: Json };
}

const document = openapi(ENDPOINTS, { title: 'Orion', version: '1.0.0' }) as unknown as Document;

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

const operationOf = (contract: Endpoint): Operation => {
  const { paths } = openapi([contract], { title: 'One', version: '1' }) as unknown as Document;
  const [operation] = Object.values(paths).flatMap((it) => Object.values(it));
  if (!operation) throw new Error('the document holds no operation');
  return operation;
};

function everyRef(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(everyRef);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === '$ref' && typeof value === 'string' ? [value] : everyRef(value),
  );
}

describe('the document', () => {
  it('is OpenAPI 3.1 with every endpoint once', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(document.info).toEqual({ title: 'Orion', version: '1.0.0' });
    const ids = operations.map((it) => it.operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ENDPOINTS.map((it) => it.id).sort());
  });

  it('names the formats of a file, which is no stream to resume', () => {
    const operation = operationOf(exportAuditLog);
    expect(Object.keys(operation.responses['200']?.content ?? {})).toEqual([
      'text/csv; charset=utf-8',
      'application/x-ndjson; charset=utf-8',
    ]);
    expect(operation.parameters.map((it) => it.in)).not.toContain('header');
  });

  it('is the same whatever the order of the endpoints', () => {
    const turned = openapi([...ENDPOINTS].reverse(), { title: 'Orion', version: '1.0.0' });
    expect(JSON.stringify(turned['paths'])).toBe(JSON.stringify(document.paths));
  });

  it('refers only to what it holds, and holds nothing zod keeps for itself', () => {
    for (const ref of everyRef(document)) {
      expect(ref).toMatch(/^#\/components\/schemas\/\w+$/);
      expect(document.components.schemas).toHaveProperty(ref.replace('#/components/schemas/', ''));
    }
    expect(JSON.stringify(document)).not.toMatch(/"\$(defs|schema|id)"/);
  });

  it('has one shape for each named schema, in requests and replies', () => {
    const named = new Map<string, Set<string>>();
    for (const { input, reply } of ENDPOINTS) {
      const sides = [...Object.values(input).map((it) => [it, 'input'] as const), [reply, 'output'] as const];
      for (const [schema, io] of sides) {
        if (!schema) continue;
        const { $defs = {} } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
        for (const [name, shape] of Object.entries($defs)) {
          named.set(name, (named.get(name) ?? new Set()).add(JSON.stringify(shape)));
        }
      }
    }
    expect([...named].filter(([, shapes]) => shapes.size > 1).map(([name]) => name)).toEqual([]);
  });
});

describe.each(operations)('$method $path', ({ path, method, operation }) => {
  it('declares each parameter of its path, as required, and no other', () => {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((it) => it[1]);
    const declared = operation.parameters.filter((it) => it.in === 'path');
    expect(declared.map((it) => it.name).sort()).toEqual(inPath.sort());
    expect(declared.every((it) => it.required)).toBe(true);
    const names = operation.parameters.map((it) => `${it.in} ${it.name.toLowerCase()}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it('has a summary, a success and problem documents for the rest', () => {
    expect(operation.summary.length).toBeGreaterThan(3);
    const statuses = Object.keys(operation.responses);
    expect(statuses.filter((it) => it.startsWith('2'))).toHaveLength(1);
    for (const [status, { content }] of Object.entries(operation.responses)) {
      if (status === '204') expect(content).toBeUndefined();
      else if (!status.startsWith('2'))
        expect(Object.keys(content ?? {})).toEqual(['application/problem+json']);
    }
  });

  it('takes no body with a read', () => {
    if (method === 'get') expect(operation.requestBody).toBeUndefined();
  });
});

describe('an operation', () => {
  const base = {
    id: 'notes.add',
    service: 'user',
    path: '/notes/:id',
    summary: 'Add',
    reply: z.object({ a: z.string() }),
  } as const;

  it('tells what a write may be refused with', () => {
    const { responses, parameters, requestBody, security } = operationOf(
      endpoint({
        ...base,
        method: 'POST',
        access: 'customer.manage',
        idempotency: 'required',
        status: 201,
        input: {
          params: z.strictObject({ id: z.uuid() }),
          body: z.strictObject({ text: z.string(), tag: z.string().default('') }),
        },
        errors: ['SLOT_TAKEN'],
      }),
    );
    expect(Object.keys(responses).sort()).toEqual([
      '201',
      '400',
      '401',
      '403',
      '409',
      '413',
      '415',
      '422',
      'default',
    ]);
    expect(responses['409']?.description).toContain(ERRORS.SLOT_TAKEN.title);
    expect(parameters).toContainEqual(
      expect.objectContaining({ name: 'Idempotency-Key', in: 'header', required: true }),
    );
    expect(security).toEqual([{ bearer: [] }]);
    expect(requestBody?.content['application/json']?.schema).toMatchObject({
      required: ['text'],
      additionalProperties: false,
    });
  });

  it('that is public needs no token and answers neither 401 nor 403', () => {
    const { responses, security } = operationOf(endpoint({ ...base, method: 'GET', access: 'public' }));
    expect(security).toEqual([]);
    expect(Object.keys(responses)).toEqual(['200', 'default']);
  });

  it('leaves room for replies to grow', () => {
    const { responses } = operationOf(endpoint({ ...base, method: 'GET', access: 'authenticated' }));
    expect(responses['200']?.content?.['application/json']?.schema).not.toHaveProperty(
      'additionalProperties',
    );
  });

  it('that streams says so, and how to resume', () => {
    const { responses, parameters } = operationOf(
      endpoint({ ...base, method: 'GET', access: 'public', stream: true }),
    );
    expect(Object.keys(responses['200']?.content ?? {})).toEqual(['text/event-stream']);
    expect(parameters).toEqual([expect.objectContaining({ name: 'Last-Event-ID', required: false })]);
  });
});
