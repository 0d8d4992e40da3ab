import { connectionOptions, HOP_BY_HOP } from './hop-by-hop';

export type AnswerHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** Names and values in turn. */
export type Pairs = readonly string[];

/** Whatever the client accepts, a reply depends on it: it may be compressed on the way. */
const VARIES_WITH = 'Accept-Encoding';

const joined = (values: (string | string[] | undefined)[]): string => {
  const names = values.flatMap((it) => it ?? []).flatMap((it) => it.split(','));
  const distinct = new Map(names.map((it) => [it.trim().toLowerCase(), it.trim()]));
  return distinct.has('*') ? '*' : [...distinct.values()].join(', ');
};

/**
 * The headers of a service's answer as the client gets them.
 * @param defaults for what the service does not say itself
 * @param own what the gateway says, whatever the service does
 * @param vary what the gateway itself makes the answer depend on besides
 */
export function answerHeaders(
  upstream: AnswerHeaders,
  { defaults, own, vary }: { defaults: Pairs; own: Pairs; vary?: string },
): string[] {
  const pairs = [...own];
  const given = new Set<string>();
  for (let i = 0; i < own.length; i += 2) given.add(own[i] ?? '');
  for (let i = 0; i < defaults.length; i += 2) {
    const [name = '', value = ''] = [defaults[i], defaults[i + 1]];
    if (upstream[name] === undefined) pairs.push(name, value);
  }
  const named = connectionOptions(upstream['connection']);
  for (const name in upstream) {
    const value = upstream[name];
    if (value === undefined || name === 'vary' || given.has(name)) continue;
    if (HOP_BY_HOP.has(name) || named?.has(name)) continue;
    if (typeof value === 'string') pairs.push(name, value);
    else for (const one of value) pairs.push(name, one);
  }
  const depends = upstream['vary'];
  pairs.push(
    'vary',
    depends === undefined && vary === undefined ? VARIES_WITH : joined([vary, depends, VARIES_WITH]),
  );
  return pairs;
}
