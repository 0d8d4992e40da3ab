import { z } from 'zod';

export type Json = Record<string, unknown>;

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
 * JSON Schemas of one document: what has a name (`.meta({ id })`) is collected, everything else refers to it.
 * Objects that come out may gain fields without a new version, so nobody is told that there are no others.
 * @param prefix of references, such as `#/components/schemas/`
 */
export function schemaWriter(io: 'input' | 'output', prefix: string, target?: 'draft-7') {
  const collected: Record<string, Json> = {};
  const schema = (type: z.ZodType): Json => {
    const made = z.toJSONSchema(type, {
      io,
      unrepresentable: 'any',
      ...(target ? { target } : {}),
      override: ({ jsonSchema }) => {
        if (io === 'output' && jsonSchema.additionalProperties === false)
          delete jsonSchema.additionalProperties;
      },
    }) as Json;
    const { $schema: _, $defs, definitions, ...rest } = made;
    for (const [name, definition] of Object.entries(($defs ?? definitions ?? {}) as Record<string, Json>)) {
      collected[name] = withRefs(withoutId(definition), prefix) as Json;
    }
    return withRefs(withoutId(rest), prefix) as Json;
  };
  return { schema, collected };
}
