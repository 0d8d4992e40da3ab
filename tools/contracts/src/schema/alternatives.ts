import { isSchema, type Kind, type Named, requiredOf, type Schema, schemasOf, textsOf } from './schema';

/** One of the shapes a schema allows. */
export interface Alternative {
  kind: Kind;
  schema: Schema;
  /** For `values`: each value it allows. */
  values: readonly unknown[];
}

const LIMITS_OF_REFS = 32;

/** Follows references to what they stand for. */
export function resolve(schema: Schema, named: Named): Schema {
  let at = schema;
  for (let steps = 0; typeof at['$ref'] === 'string'; steps += 1) {
    const found = named(at['$ref']);
    if (!found || steps > LIMITS_OF_REFS)
      throw new Error(`nothing stands behind the reference ${at['$ref']}`);
    const { $ref: _, ...beside } = at;
    at = { ...found, ...beside };
  }
  return at;
}

/** All parts of an `allOf` in one schema; patterns add up, of anything else stated twice the later one counts. */
function merged(schema: Schema, named: Named): Schema {
  const { allOf, ...rest } = schema;
  const parts = [rest, ...schemasOf(allOf).map((it) => merged(resolve(it, named), named))];
  const properties = Object.assign({}, ...parts.map((it) => it['properties'] ?? {})) as Schema;
  const required = [...new Set(parts.flatMap(requiredOf))];
  const patterns = parts.flatMap((it) => it['patterns'] ?? it['pattern'] ?? []);
  return {
    ...(Object.assign({}, ...parts) as Schema),
    ...(Object.keys(properties).length > 0 ? { properties } : {}),
    ...(required.length > 0 ? { required } : {}),
    ...(patterns.length > 1 ? { patterns } : {}),
  };
}

const kindOf = (type: string): Kind =>
  ['null', 'boolean', 'string', 'integer', 'number', 'array', 'object'].includes(type)
    ? (type as Kind)
    : 'anything';

/** The shapes a schema allows, unions and references taken apart. */
export function alternatives(given: Schema, named: Named): Alternative[] {
  const resolved = resolve(given, named);
  const schema = resolved['allOf'] === undefined ? resolved : merged(resolved, named);
  const union = [...schemasOf(schema['anyOf']), ...schemasOf(schema['oneOf'])];
  if (union.length > 0) return union.flatMap((it) => alternatives(it, named));
  if ('const' in schema) return [{ kind: 'values', schema, values: [schema['const']] }];
  if (Array.isArray(schema['enum'])) return [{ kind: 'values', schema, values: schema['enum'] }];
  if (isSchema(schema['not']) && Object.keys(schema['not']).length === 0) return [];
  const types = typeof schema['type'] === 'string' ? [schema['type']] : textsOf(schema['type']);
  if (types.length === 0) return [{ kind: 'anything', schema, values: [] }];
  return types.map((type) =>
    type === 'null'
      ? { kind: 'values', schema, values: [null] }
      : { kind: kindOf(type), schema: { ...schema, type }, values: [] },
  );
}
