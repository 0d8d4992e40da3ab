import {
  type Change,
  type EventContract,
  type Fields,
  type FullEnvelope,
  producerOf,
} from '@orion/contracts';
import { CLIENT, type Context } from '@orion/logger';
import type { z } from 'zod';

/** Characters of JSON of one field, before or after. */
const LONGEST_FIELD = 2_000;
const LONGEST_AGENT = 120;

export interface Fact<E extends EventContract> {
  organizationId: string;
  /** Id of the aggregate whose sequence the event continues. */
  subject: string;
  data: z.input<E['data']>;
  /** What the audit log shall tell of it. */
  change?: Change;
  /** Who did it, where no token told it. */
  actorId?: string;
}

/** An envelope without its sequence, which the database draws when the row is written. */
export type Unnumbered = Omit<FullEnvelope, 'sequence'>;

const shortened = (fields: Fields | null): Fields | null =>
  fields &&
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const text = JSON.stringify(value) ?? '';
      return [name, text.length > LONGEST_FIELD ? `${text.slice(0, LONGEST_FIELD).toWellFormed()}…` : value];
    }),
  );

/** PostgreSQL's jsonb takes neither NUL nor half a character, and nobody may keep an entry out of the log by one. */
const storable = (_name: string, value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value;

const changeText = ({ before, after }: Change): string =>
  JSON.stringify({ before: shortened(before), after: shortened(after) }, storable);

/** Who did it, from where, and what it changed; what is not known is left out. */
function provenance({ change, actorId }: Pick<Fact<EventContract>, 'change' | 'actorId'>, context: Context) {
  const { userId = actorId, impersonatorId, apiKeyId, [CLIENT]: client } = context;
  return {
    ...(userId === undefined ? {} : { actorid: userId }),
    ...(impersonatorId === undefined ? {} : { impersonatorid: impersonatorId }),
    ...(apiKeyId === undefined ? {} : { apikeyid: apiKeyId }),
    ...(client?.address ? { clientaddress: client.address } : {}),
    ...(client?.userAgent ? { clientagent: client.userAgent.slice(0, LONGEST_AGENT) } : {}),
    ...(change ? { change: changeText(change) } : {}),
  };
}

/** @throws ZodError where the data break the contract */
export function buildEnvelope<E extends EventContract>(
  contract: E,
  fact: Fact<E>,
  at: { id: string; now: Date; context: Context },
): Unnumbered {
  const { correlationId, causationId, traceparent } = at.context;
  return {
    specversion: '1.0',
    id: at.id,
    source: `/orion/${producerOf(contract.type)}`,
    type: contract.type,
    time: at.now.toISOString(),
    subject: fact.subject,
    datacontenttype: 'application/json',
    organizationid: fact.organizationId,
    correlationid: correlationId,
    ...(causationId === undefined ? {} : { causationid: causationId }),
    ...(traceparent === undefined ? {} : { traceparent }),
    ...provenance(fact, at.context),
    data: contract.data.parse(fact.data),
  };
}

/** The stored text with the sequence put in, as it goes over the wire. */
export const withSequence = (envelope: string, sequence: number): Buffer =>
  Buffer.from(`${envelope.slice(0, -1)},"sequence":${sequence}}`);
