import { type Schema, textsOf } from './schema';

/** A rule on a value that one side has and the other has not, or has looser. */
export interface LimitGap {
  keyword: string;
  /** What the sending side keeps to; undefined for no limit. */
  sent: unknown;
  taken: unknown;
}

const LEAST = ['minLength', 'minItems', 'minProperties'] as const;
const MOST = ['maxLength', 'maxItems', 'maxProperties'] as const;

const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

const gap = (keyword: string, sent: Schema, taken: Schema): LimitGap => ({
  keyword,
  sent: sent[keyword],
  taken: taken[keyword],
});

/** A bound and whether the bound itself is excluded; the narrower of two is the greater (lower bounds). */
function lower(schema: Schema): [number, number] {
  const least = number(schema['minimum']) ?? -Infinity;
  const above = number(schema['exclusiveMinimum']) ?? -Infinity;
  return above >= least && above !== -Infinity ? [above, 1] : [least, 0];
}

const upper = (schema: Schema): [number, number] =>
  lower({
    minimum: number(schema['maximum']) === undefined ? undefined : -Number(schema['maximum']),
    exclusiveMinimum:
      number(schema['exclusiveMaximum']) === undefined ? undefined : -Number(schema['exclusiveMaximum']),
  });

const narrower = ([a, aOut]: [number, number], [b, bOut]: [number, number]): boolean =>
  a > b || (a === b && aOut > bOut);

function ranges(sent: Schema, taken: Schema): LimitGap[] {
  const said = (schema: Schema, inclusive: string, exclusive: string) =>
    exclusive in schema && !(inclusive in schema) ? exclusive : inclusive;
  return [
    ...(narrower(lower(taken), lower(sent)) ? [said(taken, 'minimum', 'exclusiveMinimum')] : []),
    ...(narrower(upper(taken), upper(sent)) ? [said(taken, 'maximum', 'exclusiveMaximum')] : []),
  ].map((keyword) => gap(keyword, sent, taken));
}

const patternsOf = (schema: Schema): string[] =>
  textsOf(schema['patterns'] ?? (schema['pattern'] === undefined ? [] : [schema['pattern']]));

/** Formats that hold every value of another. */
const WIDER: Readonly<Record<string, string>> = { 'date-time': 'date-time with offset' };

function texts(sent: Schema, taken: Schema): LimitGap[] {
  const { format } = taken;
  const fits = format === undefined || format === sent['format'] || WIDER[String(sent['format'])] === format;
  const known = patternsOf(sent);
  return [
    ...(fits ? [] : [gap('format', sent, taken)]),
    ...patternsOf(taken)
      .filter((it) => !known.includes(it))
      .map((it) => ({ keyword: 'pattern', sent: known[0], taken: it })),
  ];
}

function multiples(sent: Schema, taken: Schema): LimitGap[] {
  const wanted = number(taken['multipleOf']);
  const kept = number(sent['multipleOf']);
  if (wanted === undefined || (kept !== undefined && Number.isInteger(kept / wanted))) return [];
  return [gap('multipleOf', sent, taken)];
}

/** Rules a schema cannot express, by their own words. */
const rules = (sent: Schema, taken: Schema): LimitGap[] =>
  textsOf(taken['x-rules'])
    .filter((it) => !textsOf(sent['x-rules']).includes(it))
    .map((it) => ({ keyword: 'x-rules', sent: undefined, taken: it }));

/** Keywords compared here or by the shape itself, or that bind nobody. */
const UNDERSTOOD = new Set([
  ...[...LEAST, ...MOST, 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  ...['format', 'pattern', 'patterns', 'x-rules', 'uniqueItems', 'type', 'default'],
  ...['properties', 'required', 'additionalProperties', 'propertyNames', 'items', 'prefixItems'],
  ...['description', 'title', 'examples', 'deprecated', 'readOnly', 'writeOnly', '$comment'],
  ...['id', '$id', '$schema', '$defs', 'definitions'],
]);

/** What nobody here understands binds until somebody has looked: a change of it is a gap. */
const strange = (sent: Schema, taken: Schema): LimitGap[] =>
  Object.keys({ ...sent, ...taken })
    .filter((it) => !UNDERSTOOD.has(it) && JSON.stringify(sent[it]) !== JSON.stringify(taken[it]))
    .map((it) => gap(it, sent, taken));

/** Where a value of `sent` may break a rule of `taken`; both are of one kind. */
export function limitGaps(sent: Schema, taken: Schema): LimitGap[] {
  const least = LEAST.filter((it) => (number(taken[it]) ?? 0) > (number(sent[it]) ?? 0));
  const most = MOST.filter((it) => (number(taken[it]) ?? Infinity) < (number(sent[it]) ?? Infinity));
  const unique = taken['uniqueItems'] === true && sent['uniqueItems'] !== true ? ['uniqueItems'] : [];
  return [
    ...[...least, ...most, ...unique].map((it) => gap(it, sent, taken)),
    ...ranges(sent, taken),
    ...texts(sent, taken),
    ...multiples(sent, taken),
    ...rules(sent, taken),
    ...strange(sent, taken),
  ];
}
