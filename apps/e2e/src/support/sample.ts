import { type Document, resolve, type Schema } from './openapi-document';

const FORMATS: Record<string, string> = {
  uuid: '0193b3a0-0000-7000-8000-00000000dead',
  email: 'nobody@e2e.example',
  'date-time': '2031-05-05T08:00:00.000Z',
  date: '2031-05-05',
  uri: 'https://receiver.e2e.example/hook',
};

const typeOf = (schema: Schema): string =>
  (Array.isArray(schema.type) ? schema.type[0] : schema.type) ?? 'object';

function text({ format, pattern, description, minLength = 1 }: Schema): string {
  const known = format === undefined ? undefined : FORMATS[format];
  if (known !== undefined) return known;
  if (description?.startsWith('IANA')) return 'Europe/Paris';
  if (pattern?.startsWith('^[A-Z]{2}')) return 'FR';
  if (pattern?.includes('[01]')) return '08:00';
  return 'x'.repeat(Math.max(minLength, 12));
}

/** A value the schema accepts, with every field it names. */
export function sample(document: Document, given: Schema): unknown {
  const schema = resolve(document, given);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [first] = schema.anyOf ?? schema.allOf ?? [];
  if (first) return sample(document, first);
  switch (typeOf(schema)) {
    case 'string':
      return text(schema);
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    case 'null':
      return null;
    case 'array':
      return schema.items ? [sample(document, schema.items)] : [];
    default:
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, it]) => [name, sample(document, it)]),
      );
  }
}

/** The types a schema accepts, as `typeof` and a little more names them. */
function accepted(document: Document, given: Schema): Set<string> {
  const schema = resolve(document, given);
  if (schema.const !== undefined) return new Set([typeof schema.const]);
  if (schema.anyOf) return new Set(schema.anyOf.flatMap((it) => [...accepted(document, it)]));
  const types = Array.isArray(schema.type) ? schema.type : schema.type ? [schema.type] : [];
  return new Set(types.map((it) => (it === 'integer' ? 'number' : it)));
}

const OTHERS: [string, unknown][] = [
  ['string', 'no such value \u2603'],
  ['number', 1.5e300],
  ['boolean', false],
  ['array', [[]]],
  ['object', { no: 'such' }],
  ['null', null],
];

/** Values of every type the schema does not accept; empty where it accepts anything. */
export function wrongValues(document: Document, schema: Schema): unknown[] {
  const types = accepted(document, schema);
  return types.size === 0 ? [] : OTHERS.filter(([type]) => !types.has(type)).map(([, value]) => value);
}

export const acceptsText = (document: Document, schema: Schema): boolean =>
  accepted(document, schema).has('string');
