import { fieldsOf, type Path, replaced } from './fields';
import { type Document, type Operation, resolve, type Schema } from './openapi-document';
import { acceptsText, sample, wrongValues } from './sample';

/** One request no endpoint may accept. */
export interface BadRequest {
  what: string;
  /** Path and query. */
  path: string;
  method: string;
  headers?: Record<string, string>;
  /** Sent as it is. */
  body?: string;
}

const SOME_ID = '0193b3a0-0000-7000-8000-00000000dead';
const MEGABYTE = 'x'.repeat(1_000_000);
const DEEP = 5_000;
const deep = `${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`;
const deepArray = '['.repeat(DEEP) + ']'.repeat(DEEP);

const at = (operation: Operation, id: string = SOME_ID): string => operation.path.replaceAll(/\{\w+\}/g, id);

interface Base {
  path: string;
  method: string;
  headers: Record<string, string>;
}

export const baseOf = (operation: Operation, id?: string): Base => ({
  path: at(operation, id),
  method: operation.method,
  headers: operation.parameters.some((it) => it.name === 'Idempotency-Key')
    ? { 'idempotency-key': globalThis.crypto.randomUUID() }
    : {},
});

function badFields(document: Document, base: Base, schema: Schema, good: unknown): BadRequest[] {
  const fields = fieldsOf(document, schema);
  const withField = (path: Path, what: string, value: unknown): BadRequest => ({
    ...base,
    what: `body.${path.join('.')} ${what}`,
    body: JSON.stringify(replaced(good, path, value)),
  });
  const texts = fields.filter(([, it]) => acceptsText(document, it)).map(([path]) => path);
  return [
    ...fields.flatMap(([path, it]) =>
      wrongValues(document, it).map((value) => withField(path, `= ${JSON.stringify(value)}`, value)),
    ),
    ...texts.map((path) => withField(path, 'with NUL', 'a\0b')),
    ...texts.slice(0, 2).map((path) => withField(path, 'of 1 MB', MEGABYTE)),
  ];
}

function badBodies(document: Document, operation: Operation): BadRequest[] {
  const base = baseOf(operation);
  const schema = operation.body && resolve(document, operation.body);
  const good = schema ? (sample(document, schema) as Record<string, unknown>) : {};
  const raw = (what: string, body: string, headers: Record<string, string> = {}) => ({
    ...base,
    what,
    body,
    headers: { ...base.headers, ...headers },
  });
  const always = [
    raw('malformed JSON', '{"a":'),
    raw('an array as body', '[{}]'),
    raw('a text as body', '"text"'),
    raw('a number as body', '17'),
    raw('an unknown field', JSON.stringify({ ...good, noSuchField: 1 })),
    raw('a body deeply nested', deep),
    raw('a field deeply nested', `{"noSuchField":${deepArray}}`),
    raw('__proto__', '{"__proto__":{"admin":true}}'),
    raw('constructor.prototype', '{"constructor":{"prototype":{"admin":true}}}'),
    raw('more than 1 MiB', JSON.stringify({ noSuchField: MEGABYTE + MEGABYTE })),
    raw('another media type', '<order/>', { 'content-type': 'application/xml' }),
    raw('bytes that are no text', '\u0000\u0001'),
  ];
  return [...always, ...(schema ? badFields(document, base, schema, good) : [])];
}

function badQueries(document: Document, operation: Operation): BadRequest[] {
  const base = baseOf(operation);
  const body = operation.body ? { body: JSON.stringify(sample(document, operation.body)) } : {};
  const query = (what: string, text: string): BadRequest => ({
    ...base,
    ...body,
    what,
    path: `${base.path}?${text}`,
  });
  const named = operation.parameters.filter((it) => it.in === 'query');
  return [
    query('an unknown query parameter', 'noSuchParameter=1'),
    query('__proto__ in the query', '__proto__[admin]=1'),
    ...named.flatMap(({ name, schema }) => [
      query(`query.${name} with NUL`, `${name}=a%00b`),
      query(`query.${name} twice`, `${name}=1&${name}=2`),
      ...(acceptsText(document, schema) && !schema.enum && !schema.format && !schema.pattern
        ? [query(`query.${name} of 10 kB`, `${name}=${'x'.repeat(10_000)}`)]
        : [query(`query.${name} of another type`, `${name}=no%20such%20value`)]),
    ]),
  ];
}

function badPaths(operation: Operation): BadRequest[] {
  if (!operation.path.includes('{')) return [];
  const base = baseOf(operation);
  const body = operation.body ? { body: '{}' } : {};
  const ids = [
    'no-id',
    '%00',
    '%zz',
    "1'%20OR%20'1'='1",
    '..%2f..%2fhealth',
    '%2e%2e',
    'x'.repeat(600),
    `${SOME_ID}%0a`,
  ];
  return ids.map((id) => ({ ...base, ...body, what: `id ${id.slice(0, 40)}`, path: at(operation, id) }));
}

function badKeys(document: Document, operation: Operation): BadRequest[] {
  const header = operation.parameters.find((it) => it.name === 'Idempotency-Key');
  if (!header) return [];
  const { path, method } = baseOf(operation);
  const body = operation.body ? { body: JSON.stringify(sample(document, operation.body)) } : {};
  const request = (what: string, headers: Record<string, string>) => ({
    path,
    method,
    ...body,
    what,
    headers,
  });
  return [
    request('an Idempotency-Key too long', { 'idempotency-key': 'k'.repeat(201) }),
    ...(header.required ? [request('no Idempotency-Key', {})] : []),
  ];
}

/** Everything wrong that can be done to one endpoint by somebody who may call it. */
export const badRequests = (document: Document, operation: Operation): BadRequest[] => [
  ...badBodies(document, operation),
  ...badQueries(document, operation),
  ...badPaths(operation),
  ...badKeys(document, operation),
  ...badCursors(operation),
];

const cursorOf = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Cursors no list has given out. */
const CURSORS = [
  'x',
  '%00',
  ...[
    null,
    17,
    {},
    [],
    [null],
    [{}],
    ['x'],
    ['x', 'y'],
    [9e99],
    [-1, 'x'],
    ['0000-00-00T00:00:00Z', SOME_ID],
    ['x', 'y', 'z'],
    [[]],
  ].map(cursorOf),
];

function badCursors(operation: Operation): BadRequest[] {
  if (!operation.parameters.some((it) => it.name === 'cursor')) return [];
  const base = baseOf(operation);
  return CURSORS.map((cursor) => ({
    ...base,
    what: `cursor ${cursor}`,
    path: `${base.path}?cursor=${cursor}`,
  }));
}

const none = (text: string) => Buffer.from(text).toString('base64url');

/** Headers of callers nobody knows. */
export const STRANGERS: Record<string, Record<string, string>> = {
  'no token': {},
  'a token of nobody': { authorization: 'Bearer a.b.c' },
  'another scheme': { authorization: 'Basic YWRtaW46YWRtaW4=' },
  'a token without signature': {
    authorization: `Bearer ${none('{"alg":"none","typ":"JWT"}')}.${none(`{"sub":"${SOME_ID}","org":"${SOME_ID}","exp":9999999999}`)}.`,
  },
  'a user id instead of a token': { 'x-user-id': SOME_ID, 'x-organization-id': SOME_ID },
};

/** A request that could be right, for callers who may not make it and ids that are not theirs. */
export function plausible(document: Document, operation: Operation, id?: string): BadRequest {
  const body = operation.body ? { body: JSON.stringify(sample(document, operation.body)) } : {};
  return {
    ...baseOf(operation),
    ...body,
    what: id ? `id ${id}` : 'as it should be',
    path: at(operation, id),
  };
}
