import { EventEnvelope, FullEnvelope } from '@orion/contracts';
import type { Subscriber } from './event-consumer';
import { hostility } from './hostile-json';

/** Larger messages are never parsed. */
export const MAX_BYTES = 1_048_576;
/** The inbox forgets after 30 days; an older message might take effect twice. */
const OLDEST_MS = 29 * 86_400_000;

export type Reading =
  { event: EventEnvelope } | { refused: 'malformed' | 'unknown' | 'expired'; detail: string };

const refuse = (refused: 'malformed' | 'unknown' | 'expired', detail: string): Reading => ({
  refused,
  detail,
});

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Reads a message as an event its consumer subscribes to; what cannot be read never will be. */
export function readEvent(
  body: Buffer,
  { events, provenance = false }: Pick<Subscriber, 'events' | 'provenance'>,
  now: Date,
): Reading {
  if (body.length > MAX_BYTES) return refuse('malformed', `${body.length} bytes are more than ${MAX_BYTES}`);
  const message = parsed(body);
  const hostile = hostility(message);
  if (hostile !== undefined) return refuse('malformed', hostile);
  const envelope = (provenance ? FullEnvelope : EventEnvelope).safeParse(message);
  if (!envelope.success) return refuse('malformed', envelope.error.message);
  const { type, time } = envelope.data;
  const contract = events.find((it) => it.type === type);
  if (!contract) return refuse('unknown', `no contract for ${type}`);
  const data = contract.data.safeParse(envelope.data.data);
  if (!data.success) return refuse('malformed', data.error.message);
  if (now.getTime() - Date.parse(time) > OLDEST_MS) return refuse('expired', `happened at ${time}`);
  return { event: { ...envelope.data, data: data.data } };
}
