import type { Catalogue } from '../catalogue/catalogue';
import type { Gap, Rules } from '../schema/gap';
import { gaps } from '../schema/gaps';
import type { Named, Schema } from '../schema/schema';
import type { Finding } from './change';
import { SAID, say } from './words';

const REQUEST: Rules = { closed: true, keeps: false, defaults: true };
const REPLY: Rules = { closed: false, keeps: true, defaults: false };
const STORED: Rules = { closed: false, keeps: false, defaults: false };

/** Both catalogues of a comparison. */
export interface Pair {
  older: Catalogue;
  newer: Catalogue;
}

const namedIn =
  (catalogue: Catalogue): Named =>
  (ref) => {
    const [, io, name = ''] = ref.split('/');
    return io === 'input' || io === 'output' ? catalogue[io][name] : undefined;
  };

/** Paths a gap has something to say about. */
const placesOf = (gap: Gap): string[] => (gap.kind === 'renamed' ? [gap.path, gap.other] : [gap.path]);

const fieldOf = (path: string, whole: string): string =>
  path === '' ? whole : `the field \`${path}\` of ${whole}`;

/**
 * A named schema that changes is one change wherever it stands; so is a field that changes alike in several entries.
 * @param part what it is a field of: `body`, `reply`, `data`
 */
function finding(gap: Gap, clause: string, breaking: boolean, part: string): Finding {
  const text = `${fieldOf(gap.path, `the ${part}`)} ${clause}`;
  if (!gap.within) return { breaking, text, alike: { key: `${breaking} ${text}`, text } };
  const { name, path } = gap.within;
  const there = `${fieldOf(path, `\`${name}\``)} ${clause}`;
  return { breaking, text, alike: { key: `${breaking} ${part} ${there}`, text: there } };
}

type Said = (typeof SAID)[keyof typeof SAID]['breaks' | 'grows'];

const told = (found: readonly Gap[], said: Said, breaking: boolean, part: string): Finding[] =>
  found.flatMap((gap) => {
    const clause = say(said, gap);
    return clause === undefined ? [] : [finding(gap, clause, breaking, part)];
  });

const beside = (found: readonly Gap[], taken: readonly Gap[]): Gap[] => {
  const places = new Set(taken.flatMap(placesOf));
  return found.filter((it) => !placesOf(it).some((place) => places.has(place)));
};

/** What callers send: everything the older contract took must still be taken. */
export function compareRequest(older: Schema, newer: Schema, part: string, pair: Pair): Finding[] {
  const [was, is] = [namedIn(pair.older), namedIn(pair.newer)];
  const breaks = gaps(older, newer, REQUEST, { sent: was, taken: is });
  const grows = gaps(newer, older, { ...REQUEST, defaults: false }, { sent: is, taken: was });
  return [
    ...told(breaks, SAID.request.breaks, true, part),
    ...told(beside(grows, breaks), SAID.request.grows, false, part),
  ];
}

/** What callers read: everything that comes must be what a reader of the older contract takes. */
export function compareReply(older: Schema, newer: Schema, part: string, pair: Pair): Finding[] {
  const [was, is] = [namedIn(pair.older), namedIn(pair.newer)];
  const breaks = gaps(newer, older, REPLY, { sent: is, taken: was });
  const grows = gaps(older, newer, REPLY, { sent: was, taken: is });
  return [
    ...told(breaks, SAID.reply.breaks, true, part),
    ...told(beside(grows, breaks), SAID.reply.grows, false, part),
  ];
}

/**
 * What is stored between writer and reader, such as events in outboxes and queues: a reader of the newer contract
 * also meets what was written under the older one.
 */
export function compareStored(older: Schema, newer: { data: Schema; reads: Schema }, pair: Pair): Finding[] {
  const [was, is] = [namedIn(pair.older), namedIn(pair.newer)];
  const refused = gaps(older, newer.reads, STORED, { sent: was, taken: is });
  const breaks = gaps(newer.data, older, REPLY, { sent: is, taken: was });
  const grows = gaps(older, newer.data, REPLY, { sent: was, taken: is });
  return [
    ...told(breaks, SAID.reply.breaks, true, 'data'),
    ...told(beside(refused, breaks), SAID.stored.breaks, true, 'data'),
    ...told(beside(grows, [...breaks, ...refused]), SAID.reply.grows, false, 'data'),
  ];
}
