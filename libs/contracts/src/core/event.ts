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
}

export type EventData<E extends EventContract> = z.output<E['data']>;

const TYPE = new RegExp(`^orion\\.(${SERVICES.join('|')})\\.([a-z-]+)\\.([a-z-]+)\\.v(\\d+)$`);

/** Declares one event; the type string must follow the catalogue's grammar. */
export function event<D extends z.ZodType>(contract: EventContract<D>): EventContract<D> {
  if (contract.personal && contract.webhook)
    throw new Error(`event type "${contract.type}" is personal and cannot be a webhook`);
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

export type EventOf<E extends EventContract> = Omit<EventEnvelope, 'data'> & { data: EventData<E> };
