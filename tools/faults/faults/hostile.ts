/** A JSON text that nobody well-meaning sends. */
export interface Hostile {
  name: string;
  text: string;
}

/** The one that is refused before it is parsed. */
export const LONGEST = '10 MB';

const MEGABYTE = 1_000_000;
/** Below the 1 MiB at which a body is refused unread, so that it is parsed. */
const JUST_PARSED = 1_000_000;

const fits = (unit: string): number => Math.floor(JUST_PARSED / unit.length);

/** What a polluted prototype would give every object: the fields that requests must not do without. */
const POLLUTION = {
  ...{ name: 'polluted', email: 'polluted@example.com', password: 'polluted-password' },
  ...{ url: 'https://polluted.example.com', eventTypes: ['*'], address: { country: 'FR' } },
  ...{ thingId: 'polluted', polluted: true },
};
const pollution = JSON.stringify(POLLUTION);

const NAMES_OF_LISTS = ['skills', 'eventTypes', 'roles', 'tags'];
const wrongItems = (name: string): string =>
  `"${name}":[${Array(Math.floor(fits('1,') / NAMES_OF_LISTS.length))
    .fill('1')
    .join(',')}]`;

/**
 * Values that stand for a request's body or an event's data, each with a part that must not be let through.
 * @param base what a good value holds; differs from sender to sender, so that no two values are the same
 */
export function hostileValues(base: Record<string, unknown>): Hostile[] {
  const good = JSON.stringify(base).slice(1, -1);
  const withPart = (part: string) => `{${good},${part}}`;
  return [
    { name: LONGEST, text: withPart(`"name":"${'x'.repeat(10 * MEGABYTE)}"`) },
    { name: 'nested lists', text: withPart(`"name":${'['.repeat(fits('[]'))}${']'.repeat(fits('[]'))}`) },
    {
      name: 'nested objects',
      text: withPart(`"name":${'{"a":'.repeat(fits('{"a":}'))}1${'}'.repeat(fits('{"a":}'))}`),
    },
    { name: '__proto__', text: withPart(`"__proto__":${pollution}`) },
    { name: 'escaped __proto__', text: withPart(`"\\u005f_pr\\u006fto__":${pollution}`) },
    { name: '__proto__ inside', text: withPart(`"inside":{"__proto__":${pollution}}`) },
    { name: 'constructor.prototype', text: withPart(`"constructor":{"prototype":${pollution}}`) },
    { name: 'lists of wrong items', text: withPart(NAMES_OF_LISTS.map(wrongItems).join(',')) },
    {
      name: 'unknown names',
      text: withPart(Array.from({ length: fits('"k123456":1,') }, (_, n) => `"k${n}":1`).join(',')),
    },
  ];
}
