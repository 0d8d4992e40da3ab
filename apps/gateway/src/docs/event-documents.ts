import { asyncapiDocument, eventSchema, EVENTS } from '@orion/contracts';

/** The AsyncAPI document of all events, as text. */
export const CATALOGUE: string = JSON.stringify(asyncapiDocument());

const SCHEMAS: ReadonlyMap<string, string> = new Map(
  EVENTS.map((it) => [it.type, JSON.stringify(eventSchema(it))]),
);

/** The JSON Schema of an event's messages, as text; undefined for a type the catalogue does not know. */
export const schemaText = (type: string): string | undefined => SCHEMAS.get(type);
