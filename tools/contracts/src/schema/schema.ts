/** JSON Schema, as much of it as zod writes. */
export interface Schema {
  readonly [keyword: string]: unknown;
}

export type Kind =
  'null' | 'boolean' | 'string' | 'integer' | 'number' | 'array' | 'object' | 'anything' | 'values';

/** The schemas references point to, by the reference. */
export type Named = (ref: string) => Schema | undefined;

export const NOTHING_NAMED: Named = () => undefined;

export const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const schemasOf = (value: unknown): Schema[] => (Array.isArray(value) ? value.filter(isSchema) : []);

export const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((it): it is string => typeof it === 'string') : [];

/** Its fields, by name: the properties, and what is required without having a shape of its own. */
export function fieldsOf(schema: Schema): Map<string, Schema> {
  const { properties, additionalProperties: more } = schema;
  return new Map([
    ...requiredOf(schema).map((name) => [name, isSchema(more) ? more : {}] as const),
    ...(isSchema(properties) ? Object.entries(properties as Record<string, Schema>) : []),
  ]);
}

export const requiredOf = (schema: Schema): string[] => textsOf(schema['required']);

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isSchema(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}

/** The same for the same value, in whatever order its keys stand. */
export const canonical = (value: unknown): string => JSON.stringify(sorted(value)) ?? 'undefined';

export const same = (one: unknown, other: unknown): boolean => canonical(one) === canonical(other);
