import { z } from 'zod';

export type Json = Record<string, unknown>;

/** Patterns zod writes beside a format, of which they say nothing new. */
const SAID_BY_FORMAT: ReadonlySet<unknown> = new Set(
  [z.uuid(), z.iso.date(), z.iso.datetime(), z.iso.datetime({ offset: true })].map(
    (type) => z.toJSONSchema(type)['pattern'],
  ),
);

const withoutId = ({ $id: _, id: __, ...rest }: Json): Json => rest;

function withRefs(node: unknown, prefix: string): unknown {
  if (Array.isArray(node)) return node.map((it) => withRefs(it, prefix));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) =>
      key === '$ref' && typeof value === 'string'
        ? [key, value.replace(/^#\/(\$defs|definitions)\//, prefix)]
        : [key, withRefs(value, prefix)],
    ),
  );
}

/**
 * How contracts are written as JSON Schema. Objects that come out may gain fields without a new version, so nobody is
 * told that there are no others.
 */
export const jsonSchemaOptions = (io: 'input' | 'output', target: 'draft-2020-12' | 'draft-7') => ({
  io,
  target,
  unrepresentable: 'any' as const,
  override: ({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void => {
    if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    if (SAID_BY_FORMAT.has(jsonSchema.pattern)) delete jsonSchema.pattern;
  },
});

/**
 * JSON Schemas of one document: what has a name (`.meta({ id })`) is collected, everything else refers to it.
 * @param prefix of references, such as `#/components/schemas/`
 */
export function schemaWriter(
  io: 'input' | 'output',
  prefix: string,
  target: 'draft-2020-12' | 'draft-7' = 'draft-2020-12',
) {
  const collected: Record<string, Json> = {};
  const schema = (type: z.ZodType): Json => {
    const made = z.toJSONSchema(type, jsonSchemaOptions(io, target)) as Json;
    const { $schema: _, $defs, definitions, ...rest } = made;
    for (const [name, definition] of Object.entries(($defs ?? definitions ?? {}) as Record<string, Json>)) {
      collected[name] = withRefs(withoutId(definition), prefix) as Json;
    }
    return withRefs(withoutId(rest), prefix) as Json;
  };
  return { schema, collected };
}
