import { type Document, resolve, type Schema } from './openapi-document';

export type Path = readonly (string | number)[];

/** Every field of a body, at every depth, with its schema; of lists the first entry. */
export function fieldsOf(document: Document, given: Schema, path: Path = []): [Path, Schema][] {
  const schema = resolve(document, given);
  const inside: [string | number, Schema][] = schema.items
    ? [[0, schema.items]]
    : Object.entries(schema.properties ?? {});
  return inside.flatMap(([name, it]) => [[[...path, name], it], ...fieldsOf(document, it, [...path, name])]);
}

/** The body with one field replaced. */
export function replaced(body: unknown, [first, ...rest]: Path, value: unknown): unknown {
  if (first === undefined) return value;
  if (Array.isArray(body)) return body.map((it, index) => (index === first ? replaced(it, rest, value) : it));
  const { [first]: inner, ...others } = body as Record<string, unknown>;
  return { ...others, [first]: replaced(inner, rest, value) };
}
