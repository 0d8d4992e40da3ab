import { z } from 'zod';
import { SERVICES } from './services';

export interface EventContract<Data extends z.ZodType = z.ZodType> {
  /** `orion.<service>.<entity>.<fact>.v<n>` */
  type: string;
  summary: string;
  data: Data;
  /** Public: also delivered to webhook subscribers under this name. */
  webhook?: { type: string };
  /** About one person's account, not the organization's work: no line of the activity feed, never a webhook. */
  personal?: true;
  /** For the audit log alone: no line of the activity feed, never a webhook. */
  audit?: true;
}

export type EventData<E extends EventContract> = z.output<E['data']>;

const TYPE = new RegExp(`^orion\\.(${SERVICES.join('|')})\\.([a-z-]+)\\.([a-z-]+)\\.v(\\d+)$`);

/** Declares one event; the type string must follow the catalogue's grammar. */
export function event<D extends z.ZodType>(contract: EventContract<D>): EventContract<D> {
  if (contract.personal && contract.webhook)
    throw new Error(`event type "${contract.type}" is personal and cannot be a webhook`);
  if (contract.audit && contract.webhook)
    throw new Error(`event type "${contract.type}" is for the audit log and cannot be a webhook`);
  if (!TYPE.test(contract.type))
    throw new Error(`event type "${contract.type}" must be orion.<service>.<entity>.<fact>.v<n>`);
  return contract;
}

/** `orion.scheduling.booking.confirmed.v1` → `scheduling.booking.confirmed.v1`, the key on exchange `orion.events`. */
export const routingKey = (type: string): string => type.replace(/^orion\./, '');

/** The service that produces events of this type. */
export const producerOf = (type: string): string => type.split('.')[1] ?? '';

/** CloudEvents 1.0, structured JSON, with Orion's extension attributes. */
export const EventEnvelope = z.object({
  specversion: z.literal('1.0'),
  id: z.uuid(),
  source: z.string(),
  type: z.string(),
  time: z.iso.datetime(),
  /** Aggregate id. */
  subject: z.string(),
  datacontenttype: z.literal('application/json'),
  data: z.unknown(),
  organizationid: z.uuid(),
  correlationid: z.string(),
  causationid: z.string().optional(),
  /** Per aggregate, from 1, without gaps. */
  sequence: z.number().int().positive(),
  traceparent: z.string().optional(),
});
export type EventEnvelope = z.infer<typeof EventEnvelope>;

/** Who did it, from where, and what it changed. Only consumers that ask for it get it. */
export const Provenance = z.object({
  /** User it was done as; missing where the platform did it by itself. */
  actorid: z.uuid().optional(),
  /** Who really did it, where somebody acts for the actor. */
  impersonatorid: z.uuid().optional(),
  apikeyid: z.uuid().optional(),
  /** Network address it was asked for from. */
  clientaddress: z.string().max(64).optional(),
  /** What the caller's program says it is, cut to its beginning. */
  clientagent: z.string().max(120).optional(),
  /** `Change` as JSON text: attributes of a CloudEvent are scalars, and who needs it not need not parse it. */
  change: z.string().max(200_000).optional(),
});
export type Provenance = z.infer<typeof Provenance>;

/** An envelope as it travels. */
export const FullEnvelope = EventEnvelope.extend(Provenance.shape);
export type FullEnvelope = z.infer<typeof FullEnvelope>;

export type EventOf<E extends EventContract> = Omit<EventEnvelope, 'data'> & { data: EventData<E> };
