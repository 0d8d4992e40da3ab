import { type Alternative, alternatives } from './alternatives';
import { below, type Gap, gapAt, type Place, type Rules, type Walk } from './gap';
import { limitGaps } from './limits';
import { objectGaps } from './object-gaps';
import { isSchema, type Kind, type Named, NOTHING_NAMED, same, type Schema, schemasOf } from './schema';
import { takesValue } from './takes-value';

const WORDS: Readonly<Record<Kind, string>> = {
  null: 'null',
  boolean: 'true or false',
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  array: 'a list',
  object: 'an object',
  anything: 'anything',
  values: 'one of some values',
};

const typeOf = (value: unknown): Kind => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value as Kind;
};

/** Kinds, in words, each once. */
const kinds = (all: readonly Alternative[]): string =>
  [...new Set(all.flatMap((it) => (it.kind === 'values' ? it.values.map(typeOf) : [it.kind])))]
    .map((it) => WORDS[it])
    .join(' or ');

const fits = (kind: Kind, taker: Kind): boolean =>
  taker === kind || taker === 'anything' || (taker === 'number' && kind === 'integer');

function listGaps(sent: Schema, taken: Schema, place: Place, walk: Walk): Gap[] {
  const [first, wanted] = [schemasOf(sent['prefixItems']), schemasOf(taken['prefixItems'])];
  const places = Array.from({ length: Math.max(first.length, wanted.length) }, (_, i) => i);
  const items = (schema: Schema): Schema => (isSchema(schema['items']) ? schema['items'] : {});
  return [
    ...places.flatMap((i) =>
      walk.compare(first[i] ?? items(sent), wanted[i] ?? items(taken), below(place, `[${i}]`), walk),
    ),
    ...walk.compare(items(sent), items(taken), below(place, '[]'), walk),
  ];
}

function shapeGaps(sent: Alternative, taken: Alternative, place: Place, walk: Walk): Gap[] {
  if (taken.kind === 'anything') return [];
  const limits = limitGaps(sent.schema, taken.schema).map((it) => gapAt(place, { kind: 'limit', ...it }));
  if (sent.kind === 'array') return [...limits, ...listGaps(sent.schema, taken.schema, place, walk)];
  if (sent.kind === 'object') return [...limits, ...objectGaps(sent.schema, taken.schema, place, walk)];
  return limits;
}

function valueGaps(values: readonly unknown[], takers: readonly Alternative[], place: Place): Gap[] {
  const left = values.filter((value) => !takers.some((it) => takesValue(it, value)));
  const others = left.filter((it) => it !== null);
  return [
    ...(left.includes(null) ? [gapAt(place, { kind: 'null' })] : []),
    ...(others.length > 0 ? [gapAt(place, { kind: 'values', values: others })] : []),
  ];
}

/** Where one shape that may be sent is not among the shapes that are taken; measured by the nearest of them. */
function oneGaps(
  one: Alternative,
  sent: readonly Alternative[],
  takers: readonly Alternative[],
  place: Place,
  walk: Walk,
): Gap[] {
  if (one.kind === 'values') return valueGaps(one.values, takers, place);
  const near = takers.filter((it) => it.kind !== 'values' && fits(one.kind, it.kind));
  if (near.length > 0) {
    const tried = near.map((it) => shapeGaps(one, it, place, walk));
    return tried.reduce((best, it) => (it.length < best.length ? it : best));
  }
  const listed = takers
    .flatMap((it) => it.values)
    .filter((it) => fits(one.kind, typeOf(it)) || typeOf(it) === one.kind);
  if (one.kind === 'boolean' && listed.includes(true) && listed.includes(false)) return [];
  if (listed.length > 0) return [gapAt(place, { kind: 'free', values: listed })];
  return [gapAt(place, { kind: 'type', sent: kinds(sent), taken: kinds(takers) })];
}

const nameOf = (schema: Schema): string | undefined =>
  typeof schema['$ref'] === 'string' ? schema['$ref'].split('/').at(-1) : undefined;

function compare(sent: Schema, taken: Schema, place: Place, walk: Walk): Gap[] {
  const name = nameOf(taken) ?? nameOf(sent);
  const pair = `${String(sent['$ref'])} ${String(taken['$ref'])}`;
  if (name !== undefined && walk.open.has(pair)) return [];
  const inner = name === undefined ? walk : { ...walk, open: new Set([...walk.open, pair]) };
  const at = name === undefined ? place : { path: place.path, within: { name, path: '' } };
  const changed =
    walk.rules.defaults && sent['default'] !== undefined && !same(sent['default'], taken['default']);
  const [shapes, takers] = [alternatives(sent, walk.sent), alternatives(taken, walk.taken)];
  const found = shapes.flatMap((it) => oneGaps(it, shapes, takers, at, inner));
  return [
    ...(changed ? [gapAt(place, { kind: 'default', sent: sent['default'], taken: taken['default'] })] : []),
    ...found.filter((it, i) => found.findIndex((other) => same(it, other)) === i),
  ];
}

/**
 * Where a value that keeps to `sent` may not be what a reader of `taken` takes; empty where every such value is.
 * What cannot be judged (a keyword nobody here knows, another pattern) counts as a gap.
 */
export const gaps = (
  sent: Schema,
  taken: Schema,
  rules: Rules,
  named: { sent: Named; taken: Named } = { sent: NOTHING_NAMED, taken: NOTHING_NAMED },
): Gap[] => compare(sent, taken, { path: '' }, { rules, ...named, open: new Set(), compare });
