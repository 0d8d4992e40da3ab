import { type BadRequest, baseOf } from './bad-requests';
import { fieldsOf, replaced } from './fields';
import { type Document, type Operation, resolve, type Schema } from './openapi-document';
import { sample } from './sample';

const TEXTS = [
  '',
  ' ',
  '\ud800',
  '\u202eabc',
  '😀'.repeat(40),
  "'; DROP TABLE x; --",
  '%_\\',
  '{{7*7}}',
  '<script>1</script>',
  '../..',
];
const TIMES = [
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '2026-06-30T23:59:60Z',
  '2026-02-30T00:00:00Z',
  '2026-01-01T00:00:00+23:59',
  '-000001-01-01T00:00:00Z',
];
const DATES = ['0000-01-01', '0001-01-01', '9999-12-31', '2026-02-30'];
const NUMBERS = [0, -1, 0.1, 1e308, -1e308, Number.MAX_SAFE_INTEGER, 2 ** 31, 2 ** 63];

function oddities(document: Document, given: Schema): unknown[] {
  const schema = resolve(document, given);
  if (schema.anyOf) return schema.anyOf.flatMap((it) => oddities(document, it));
  if (schema.format === 'date-time') return TIMES;
  if (schema.format === 'date') return DATES;
  if (schema.type === 'string') return TEXTS;
  return schema.type === 'integer' || schema.type === 'number' ? NUMBERS : [];
}

/** A lone surrogate cannot be written in an address; its bytes can. */
const inAddress = (value: unknown): string =>
  String(value).includes('\ud800') ? '%ED%A0%80' : encodeURIComponent(String(value));

/**
 * Requests that may be right or wrong; whatever the platform thinks of them, it does not break.
 * @param id of a record the endpoint can find
 */
export function oddRequests(document: Document, operation: Operation, id?: string): BadRequest[] {
  const { method } = operation;
  const { path, headers } = baseOf(operation, id);
  const good = operation.body && sample(document, operation.body);
  const fields = operation.body ? fieldsOf(document, operation.body) : [];
  const query = operation.parameters.filter((it) => it.in === 'query' && method === 'GET');
  const withKey = (index: number): Record<string, string> =>
    headers['idempotency-key'] ? { 'idempotency-key': `${headers['idempotency-key']}-${index}` } : {};
  const bodies = fields.flatMap(([at, schema]) =>
    oddities(document, schema).map((value) => ({
      what: `body.${at.join('.')} = ${JSON.stringify(value)}`,
      body: JSON.stringify(replaced(good, at, value)),
    })),
  );
  const queries = query.flatMap(({ name, schema }) =>
    oddities(document, schema).map((value) => ({
      what: `query.${name} = ${JSON.stringify(value)}`,
      path: `${path}?${name}=${inAddress(value)}`,
    })),
  );
  return [...bodies, ...queries].map((it, index) => ({ path, method, headers: withKey(index), ...it }));
}
