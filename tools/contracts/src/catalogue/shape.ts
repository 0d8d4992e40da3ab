import { z } from 'zod';
import { same, type Schema } from '../schema/schema';

export type Direction = 'input' | 'output';

/** Formats by the pattern zod writes for them, which differs between versions of zod. */
const FORMATS: ReadonlyMap<unknown, string> = new Map(
  Object.entries({
    uuid: z.uuid(),
    email: z.email(),
    date: z.iso.date(),
    'date-time': z.iso.datetime(),
    'date-time with offset': z.iso.datetime({ offset: true }),
  }).map(([format, type]) => [z.toJSONSchema(type)['pattern'], format]),
);

const TOLD_ONLY = ['description', 'title', 'examples', 'deprecated', 'id', '$id'];

type Keywords = Record<string, unknown>;

/** The words of the refinements on a type: rules a schema cannot hold. */
function rulesOf(type: z.core.$ZodType): string[] {
  const custom = (type._zod.def.checks ?? []).map((it) => it._zod.def).filter((it) => it.check === 'custom');
  return custom
    .map(({ error }) => error?.({ code: 'custom', input: undefined } as never) ?? 'a rule without words')
    .map((it) => (typeof it === 'string' ? it : it.message))
    .sort();
}

function pare(schema: Keywords, io: Direction): void {
  for (const keyword of TOLD_ONLY) Reflect.deleteProperty(schema, keyword);
  const format = FORMATS.get(schema['pattern']);
  if (format !== undefined && schema['format'] !== undefined) {
    schema['format'] = format;
    delete schema['pattern'];
  }
  if (schema['minimum'] === Number.MIN_SAFE_INTEGER) delete schema['minimum'];
  if (schema['maximum'] === Number.MAX_SAFE_INTEGER) delete schema['maximum'];
  // A reader leaves fields it does not know, and gets what defaults have filled in.
  if (io === 'output' && schema['additionalProperties'] === false) delete schema['additionalProperties'];
  if (io === 'output') delete schema['default'];
}

function referring(node: unknown, io: Direction): unknown {
  if (Array.isArray(node)) return node.map((it) => referring(it, io));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === '$ref' && typeof value === 'string'
        ? value.replace(/^#\/\$defs\//, `#/${io}/`)
        : referring(value, io),
    ]),
  );
}

/**
 * Writes zod types as JSON Schema without what binds nobody; schemas with a name are put aside under it.
 * @throws where two schemas of one direction share a name
 */
export function shapes() {
  const named: Record<Direction, Record<string, Schema>> = { input: {}, output: {} };
  const shape = (type: z.ZodType, io: Direction): Schema => {
    const {
      $defs,
      $schema: _,
      ...rest
    } = z.toJSONSchema(type, {
      io,
      unrepresentable: 'any',
      override: ({ zodSchema, jsonSchema }) => {
        const rules = rulesOf(zodSchema);
        if (rules.length > 0) (jsonSchema as Keywords)['x-rules'] = rules;
        pare(jsonSchema as Keywords, io);
      },
    }) as Keywords & { $defs?: Record<string, Keywords> };
    for (const [name, { id: _id, ...definition }] of Object.entries($defs ?? {})) {
      const one = referring(definition, io) as Schema;
      const known = named[io][name];
      if (known && !same(known, one)) throw new Error(`two schemas of the contracts are called "${name}"`);
      named[io][name] = one;
    }
    return referring(rest, io) as Schema;
  };
  return { shape, named };
}
