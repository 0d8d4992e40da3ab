import { type EventContract, WEBHOOK_EVENTS } from '@orion/contracts';
import { z } from 'zod';

export const EVERY_TYPE = '*';
export const TEST_TYPE = 'webhook.test';

/** What is wrong with a list of event types a subscriber asks for; null where it is fine. */
export function eventTypesProblem(types: readonly string[]): string | null {
  if (types.includes(EVERY_TYPE)) return types.length === 1 ? null : '"*" stands alone: it means every type';
  const unknown = types.filter((type) => !WEBHOOK_EVENTS.has(type));
  return unknown.length === 0 ? null : `unknown: ${unknown.slice(0, 10).join(', ')}`;
}

export const wants = (types: readonly string[], type: string): boolean =>
  types.includes(type) || types.includes(EVERY_TYPE);

const payload = (type: string, contract: EventContract) =>
  z.object({
    eventId: z.uuid(),
    eventType: z.literal(type),
    timestamp: z.iso.datetime(),
    idempotencyKey: z.uuid().meta({ description: 'The same on every retry of this delivery' }),
    sequence: z.int().positive().meta({ description: 'Per subject of the event, from 1, without gaps' }),
    truncated: z.literal(true).optional().meta({ description: 'Long texts were cut to stay under 20 kB' }),
    data: contract.data,
  });

/** The catalogue of event types with the JSON Schema of their payloads, by name. */
export const eventTypeCatalogue = (): { type: string; summary: string; schema: Record<string, unknown> }[] =>
  [...WEBHOOK_EVENTS]
    .map(([type, contract]) => ({
      type,
      summary: contract.summary,
      schema: z.toJSONSchema(payload(type, contract), { unrepresentable: 'any' }) as Record<string, unknown>,
    }))
    .sort((a, b) => a.type.localeCompare(b.type));
