import type { Gap } from '../schema/gap';

const LIST_AT_MOST = 6;

const shown = (value: unknown): string => (value === undefined ? 'none' : JSON.stringify(value));

export function listed(values: readonly unknown[]): string {
  const first = values.slice(0, LIST_AT_MOST).map(shown);
  return values.length > LIST_AT_MOST
    ? `${first.join(', ')} and ${values.length - LIST_AT_MOST} more`
    : first.join(', ');
}

/** `a, b and c` */
export const spoken = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

const LIMITS: Readonly<Record<string, string>> = {
  minLength: 'its least length',
  maxLength: 'its greatest length',
  minItems: 'its least number of items',
  maxItems: 'its greatest number of items',
  minimum: 'its minimum',
  maximum: 'its maximum',
  exclusiveMinimum: 'the number it must be above',
  exclusiveMaximum: 'the number it must be below',
  multipleOf: 'the number it must be a multiple of',
  format: 'its format',
  pattern: 'its pattern',
};

const limit = (keyword: string): string => LIMITS[keyword] ?? `its "${keyword}"`;

type Said = Partial<{ [K in Gap['kind']]: (gap: Extract<Gap, { kind: K }>) => string }>;

/** A request, seen by those who send it: `sent` is the older contract, `taken` the newer. */
const REQUEST_BREAKS: Said = {
  unknown: () => 'is no longer accepted',
  absent: () => 'is new and required',
  optional: () => 'has become required',
  renamed: ({ other }) => `is no longer accepted, and \`${other}\` of the same shape has come`,
  null: () => 'may no longer be null',
  values: ({ values }) => `no longer takes ${listed(values)}`,
  free: ({ values }) => `takes only ${listed(values)} now`,
  type: ({ sent, taken }) => `was ${sent} and is ${taken} now`,
  default: ({ sent, taken }) => `is ${shown(taken)} where it is left out, and was ${shown(sent)}`,
  limit: ({ keyword, sent, taken }) =>
    keyword === 'x-rules'
      ? `has a new rule (“${String(taken)}”)`
      : `has become narrower: ${limit(keyword)} is ${shown(taken)} and was ${shown(sent)}`,
};

/** A request again, `sent` newer and `taken` older: what has come to be allowed. */
const REQUEST_GROWS: Said = {
  unknown: () => 'is new and optional',
  optional: () => 'is no longer required',
  null: () => 'may be null',
  values: ({ values }) => `also takes ${listed(values)}`,
  free: () => 'takes any value',
  type: ({ sent }) => `takes ${sent}`,
  limit: ({ keyword, sent, taken }) =>
    keyword === 'x-rules'
      ? `has lost a rule (“${String(taken)}”)`
      : `has become wider: ${limit(keyword)} is ${shown(sent)} and was ${shown(taken)}`,
};

/** What is read, seen by its readers: `sent` is the newer contract, `taken` the older. */
const REPLY_BREAKS: Said = {
  absent: () => 'is gone',
  vanished: () => 'is gone',
  optional: () => 'may be missing now',
  renamed: ({ other }) => `is gone, and \`${other}\` of the same shape has come`,
  null: () => 'may be null now',
  values: ({ values }) => `may be ${listed(values)} now (older readers refuse it)`,
  free: () => 'may have any value now (older readers refuse it)',
  type: ({ sent, taken }) => `was ${taken} and is ${sent} now`,
  limit: ({ keyword, sent, taken }) =>
    keyword === 'x-rules'
      ? `no longer keeps a rule (“${String(taken)}”)`
      : `has become wider: ${limit(keyword)} is ${shown(sent)} and was ${shown(taken)} (older readers check it)`,
};

/** What is read, `sent` older and `taken` newer. */
const REPLY_GROWS: Said = {
  absent: () => 'is new',
  vanished: () => 'is new and optional',
  optional: () => 'is always there now',
  null: () => 'is never null now',
  values: ({ values }) => `is no longer ${listed(values)}`,
  free: ({ values }) => `is only ${listed(values)} now`,
  type: ({ sent, taken }) => `was ${sent} and is ${taken} now`,
  limit: ({ keyword, sent, taken }) =>
    keyword === 'x-rules'
      ? `keeps a new rule (“${String(taken)}”)`
      : `has become narrower: ${limit(keyword)} is ${shown(taken)} and was ${shown(sent)}`,
};

/** An event of before the change, read by a consumer of after it; `sent` is older. */
const STORED_BREAKS: Said = {
  ...REPLY_GROWS,
  absent: () => 'is new and has no default (events stored without it would be refused)',
  optional: () => 'is required without a default (events stored without it would be refused)',
};

export const SAID = {
  request: { breaks: REQUEST_BREAKS, grows: REQUEST_GROWS },
  reply: { breaks: REPLY_BREAKS, grows: REPLY_GROWS },
  stored: { breaks: STORED_BREAKS, grows: {} as Said },
} as const;

/** The clause for a gap; undefined where this table has nothing to say of its kind. */
export function say(said: Said, gap: Gap): string | undefined {
  const clause = said[gap.kind] as ((it: Gap) => string) | undefined;
  return clause?.(gap);
}
