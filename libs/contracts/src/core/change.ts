import { z } from 'zod';
import { Id } from './primitives';

type Value =
  string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value | undefined };

/** Fields of a record. */
export type Fields = Readonly<Record<string, Value | undefined>>;

declare const compared: unique symbol;

/** What became of a record: only the fields that differ. Made by `changeOf` alone, which lets no secret in. */
export interface Change {
  before: Fields | null;
  after: Fields | null;
  readonly [compared]: true;
}

const SECRET = /passw|secret|token|credential|private|hash|cipher|sealed|otp|recovery|cookie|apikey|key$/i;

/** Names of fields, at any depth, that a change must not carry. */
function secretIn(value: Value | undefined): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return value.map(secretIn).find((it) => it !== undefined);
  for (const [name, part] of Object.entries(value as Fields)) {
    const secret = SECRET.test(name) ? name : secretIn(part);
    if (secret !== undefined) return secret;
  }
  return undefined;
}

const same = (one: Value | undefined, other: Value | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/**
 * The fields that differ between two states of a record.
 * @param before null for a new record
 * @param after null for one that is gone
 * @throws Error where a field is named like a secret: nobody can take back what the audit log has read
 */
export function changeOf(before: Fields | null, after: Fields | null): Change {
  const secret = secretIn(before ?? {}) ?? secretIn(after ?? {});
  if (secret !== undefined) throw new Error(`"${secret}" looks like a secret and cannot be part of a change`);
  if (!before || !after) return { before, after } as Change;
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const different = names.filter((it) => !same(before[it], after[it]));
  const only = (fields: Fields): Fields =>
    Object.fromEntries(different.map((it) => [it, fields[it] ?? null]));
  return { before: only(before), after: only(after) } as Change;
}

/** Whether anything differs. */
export const hasChanged = ({ before, after }: Change): boolean =>
  !before || !after || Object.keys(after).length > 0;

/**
 * The data of `orion.<service>.record.changed.v1`: what administration changes and nobody but the audit log has to hear
 * of. Subject: the record.
 */
export const RecordChange = z.object({
  /** What it is, such as `provider`. */
  kind: z.string(),
  id: Id,
  /** What was done, such as `changed`. */
  action: z.string(),
});
