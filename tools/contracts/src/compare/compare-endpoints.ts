import type { Catalogue, EndpointEntry } from '../catalogue/catalogue';
import type { Schema } from '../schema/schema';
import { additive, breaking, type Finding } from './change';
import { compareReply, compareRequest, type Pair } from './compare-shapes';
import { listed } from './words';

const NO_FIELDS: Schema = { type: 'object', properties: {}, additionalProperties: false };

const doorOf = ({ method, path }: EndpointEntry): string => `${method} ${path}`;

const whoMay = (access: string): string =>
  access === 'public'
    ? 'anybody'
    : access === 'authenticated'
      ? 'anybody who is signed in'
      : `holders of \`${access}\``;

const rank = (access: string): number => (access === 'public' ? 0 : access === 'authenticated' ? 1 : 2);

function compareAccess(was: EndpointEntry, is: EndpointEntry): Finding[] {
  if (was.access === is.access) return [];
  const text = `is for ${whoMay(is.access)} and was for ${whoMay(was.access)}`;
  return [rank(is.access) < rank(was.access) ? additive(text) : breaking(text)];
}

function compareIdempotency(
  { idempotency: was }: EndpointEntry,
  { idempotency: is }: EndpointEntry,
): Finding[] {
  if (was === is) return [];
  if (is === 'required') return [breaking('needs an `Idempotency-Key` now')];
  if (is === 'none')
    return [breaking('no longer honours an `Idempotency-Key` (a repeat acts a second time)')];
  return [additive(was === 'none' ? 'honours an `Idempotency-Key`' : 'no longer needs an `Idempotency-Key`')];
}

function compareInput(was: EndpointEntry, is: EndpointEntry, pair: Pair): Finding[] {
  const sections = (['params', 'query'] as const).flatMap((part) =>
    compareRequest(was[part] ?? NO_FIELDS, is[part] ?? NO_FIELDS, part, pair),
  );
  if (was.body && is.body) return [...sections, ...compareRequest(was.body, is.body, 'body', pair)];
  if (is.body) return [...sections, breaking('needs a body now')];
  return was.body ? [...sections, breaking('no longer takes a body')] : sections;
}

function compareAnswer(was: EndpointEntry, is: EndpointEntry, pair: Pair): Finding[] {
  const status =
    was.status === is.status ? [] : [breaking(`answers with ${is.status} and answered with ${was.status}`)];
  const stream =
    was.stream === is.stream
      ? []
      : [breaking(is.stream ? 'answers with a stream of events now' : 'no longer answers with a stream')];
  const reply = was.reply && is.reply ? compareReply(was.reply, is.reply, 'reply', pair) : [];
  const gone = was.errors.filter((it) => !is.errors.includes(it));
  const come = is.errors.filter((it) => !was.errors.includes(it));
  return [
    ...status,
    ...stream,
    ...reply,
    ...(come.length > 0 ? [additive(`can refuse with ${listed(come)}`)] : []),
    ...(gone.length > 0 ? [additive(`no longer refuses with ${listed(gone)}`)] : []),
  ];
}

/** What changed about one endpoint. */
export function compareEndpoint(was: EndpointEntry, is: EndpointEntry, pair: Pair): Finding[] {
  return [
    ...(doorOf(was) === doorOf(is) ? [] : [breaking(`is at ${doorOf(is)} and was at ${doorOf(was)}`)]),
    ...(was.service === is.service
      ? []
      : [additive(`is answered by ${is.service} and was by ${was.service}`)]),
    ...compareAccess(was, is),
    ...compareIdempotency(was, is),
    ...compareInput(was, is, pair),
    ...compareAnswer(was, is, pair),
  ];
}

/** Why an endpoint is no longer found under its id. */
export function goneEndpoint(was: EndpointEntry, newer: Catalogue): string {
  const other = Object.entries(newer.endpoints).find(([, it]) => doorOf(it) === doorOf(was));
  return other ? `is called "${other[0]}" now (generated clients know it by its id)` : 'is gone';
}
