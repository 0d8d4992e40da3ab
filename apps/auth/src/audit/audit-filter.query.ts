import type { In, listAuditLog } from '@orion/contracts';
import { decodeCursor, uuidOfCursor } from '@orion/database';
import { FieldProblems } from '@orion/problem';
import type { AuditEntry, Prisma } from '../generated/prisma/client';

type Query = In<typeof listAuditLog>['query'];

/** What entries are looked for. */
export type AuditFilter = Omit<Query, 'limit' | 'cursor'>;

/** The last entry of the page before; entries are in the order of time and, at the same time, of their ids. */
export interface AuditPosition {
  at: Date;
  id: string;
}

const LATEST = Date.UTC(2200, 0, 1);

/** @throws FieldProblems for a cursor of another list */
export function positionOf(cursor: string | undefined): AuditPosition | undefined {
  const [time, id] = decodeCursor(cursor, 2) ?? [];
  if (time === undefined || id === undefined) return undefined;
  const at = new Date(time);
  if (!(at.getTime() >= 0 && at.getTime() < LATEST))
    throw new FieldProblems([{ field: 'query.cursor', reason: 'is not a cursor of this list' }]);
  return { at, id: uuidOfCursor(id) };
}

export const cursorOf = ({ at, id }: Pick<AuditEntry, 'at' | 'id'>): string[] => [at.toISOString(), id];

export const dateOf = (time: string | undefined): Date | undefined =>
  time === undefined ? undefined : new Date(time);

/** Newest first after a position. */
export function whereOf(
  organizationId: string,
  { actorId, impersonatorId, action, resourceKind, resourceId, correlationId, from, to }: AuditFilter,
  after: AuditPosition | undefined,
): Prisma.AuditEntryWhereInput {
  return {
    organizationId,
    actorId,
    impersonatorId,
    action,
    resourceKind,
    resourceId,
    correlationId,
    at: { gte: dateOf(from), lt: dateOf(to) },
    ...(after && {
      AND: [{ at: { lte: after.at } }, { OR: [{ at: { lt: after.at } }, { id: { lt: after.id } }] }],
    }),
  };
}

const MOST_WORDS = 8;

/** Letters and digits, small; each is the beginning of a word. */
export const searchWords = (q: string): string[] =>
  (q.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).slice(0, MOST_WORDS);
