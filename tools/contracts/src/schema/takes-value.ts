import type { Alternative } from './alternatives';
import { same, type Schema, textsOf } from './schema';

const within = (value: number, least: unknown, most: unknown): boolean =>
  (typeof least !== 'number' || value >= least) && (typeof most !== 'number' || value <= most);

function takesText(value: string, schema: Schema): boolean {
  const patterns = textsOf(schema['patterns'] ?? [schema['pattern']]);
  return (
    schema['format'] === undefined &&
    within(value.length, schema['minLength'], schema['maxLength']) &&
    patterns.every((it) => new RegExp(it).test(value))
  );
}

function takesNumber(value: number, schema: Schema): boolean {
  const { exclusiveMinimum: above, exclusiveMaximum: under, multipleOf: step } = schema;
  return (
    within(value, schema['minimum'], schema['maximum']) &&
    (typeof above !== 'number' || value > above) &&
    (typeof under !== 'number' || value < under) &&
    (typeof step !== 'number' || Number.isInteger(value / step))
  );
}

/** Whether a shape takes one value; what is not judged (a text with a format, a list or object) is not taken. */
export function takesValue({ kind, schema, values }: Alternative, value: unknown): boolean {
  switch (kind) {
    case 'values':
      return values.some((it) => same(it, value));
    case 'anything':
      return true;
    case 'string':
      return typeof value === 'string' && takesText(value, schema);
    case 'integer':
      return Number.isInteger(value) && takesNumber(Number(value), schema);
    case 'number':
      return typeof value === 'number' && takesNumber(value, schema);
    case 'boolean':
      return typeof value === 'boolean';
    default:
      return false;
  }
}
