/** A payload must stay under this many bytes, encoded as UTF-8. */
export const PAYLOAD_LIMIT = 20_000;

export interface PayloadOf {
  /** The delivery's id: the same on every retry, other for every subscription. */
  deliveryId: string;
  eventId: string;
  eventType: string;
  timestamp: string;
  sequence: number;
  data: unknown;
}

const CUTS = [2_000, 500, 100, 20] as const;

const bytes = (text: string): number => new TextEncoder().encode(text).length;

function shortened(value: unknown, longest: number): unknown {
  if (typeof value === 'string')
    return value.length > longest ? `${value.slice(0, longest).toWellFormed()}…` : value;
  if (Array.isArray(value)) return value.map((it) => shortened(it, longest));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, shortened(it, longest)]));
}

/**
 * The body of a delivery, to be stored, signed and sent as it is. Where the data is too large its longest texts are
 * cut and `truncated: true` is added; where even that is not enough, `data` is left empty.
 */
export function payloadOf({ deliveryId, eventId, eventType, timestamp, sequence, data }: PayloadOf): string {
  const write = (content: unknown, more: object = {}): string =>
    JSON.stringify({
      eventId,
      eventType,
      timestamp,
      idempotencyKey: deliveryId,
      sequence,
      ...more,
      data: content,
    });
  const whole = write(data);
  if (bytes(whole) < PAYLOAD_LIMIT) return whole;
  for (const cut of CUTS) {
    const smaller = write(shortened(data, cut), { truncated: true });
    if (bytes(smaller) < PAYLOAD_LIMIT) return smaller;
  }
  return write({}, { truncated: true });
}
