import { type EventContract, type EventEnvelope, producerOf } from '@orion/contracts';
import type { Context } from '@orion/logger';
import type { z } from 'zod';

export interface Fact<E extends EventContract> {
  organizationId: string;
  /** Id of the aggregate whose sequence the event continues. */
  subject: string;
  data: z.input<E['data']>;
}

/** An envelope without its sequence, which the database draws when the row is written. */
export type Unnumbered = Omit<EventEnvelope, 'sequence'>;

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
    data: contract.data.parse(fact.data),
  };
}

/** The stored text with the sequence put in, as it goes over the wire. */
export const withSequence = (envelope: string, sequence: number): Buffer =>
  Buffer.from(`${envelope.slice(0, -1)},"sequence":${sequence}}`);
