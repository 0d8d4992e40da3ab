import { Injectable } from '@nestjs/common';
import type { AuditEntry as AuditReply } from '@orion/contracts';
import type { z } from 'zod';
import type { AuditEntry, Prisma } from '../generated/prisma/client';
import { type AuditFilter, type AuditPosition, dateOf, searchWords, whereOf } from './audit-filter.query';

type Tx = Prisma.TransactionClient;
type Row = Omit<AuditEntry, 'search'>;
export type AuditShown = z.input<typeof AuditReply>;
type Person = NonNullable<AuditShown['actor']>;

const NEWEST_FIRST = [{ at: 'desc' }, { id: 'desc' }] satisfies Prisma.AuditEntryOrderByWithRelationInput[];

@Injectable()
export class AuditRepository {
  /** Newest first. @param after the last one of the page before */
  page(
    tx: Tx,
    organizationId: string,
    filter: AuditFilter,
    take: number,
    after: AuditPosition | undefined,
  ): Promise<Row[]> {
    if (filter.q !== undefined) return this.search(tx, organizationId, filter, take, after);
    const where = whereOf(organizationId, filter, after);
    return tx.auditEntry.findMany({ where, orderBy: NEWEST_FIRST, take });
  }

  /** Entries with the people they name, by whatever account these have today. */
  async shown(tx: Tx, rows: readonly Row[]): Promise<AuditShown[]> {
    const ids = new Set(rows.flatMap((it) => [it.actorId, it.impersonatorId]).filter((it) => it !== null));
    const people = await tx.credential.findMany({
      where: { userId: { in: [...ids] } },
      select: { userId: true, name: true, email: true },
    });
    const known = new Map(people.map((it) => [it.userId, it]));
    const person = (userId: string | null): Person | null =>
      userId === null ? null : (known.get(userId) ?? { userId, name: null, email: null });
    return rows.map((it) => ({
      id: it.id,
      at: it.at.toISOString(),
      action: it.action,
      resource: { kind: it.resourceKind, id: it.resourceId },
      actor: person(it.actorId),
      impersonator: person(it.impersonatorId),
      apiKeyId: it.apiKeyId,
      address: it.address,
      userAgent: it.userAgent,
      correlationId: it.correlationId,
      causationId: it.causationId,
      before: it.before as AuditShown['before'],
      after: it.after as AuditShown['after'],
    }));
  }

  /** Matches in the database's search function, which finds ids; the rows come through row-level security. */
  private async search(
    tx: Tx,
    organizationId: string,
    filter: AuditFilter,
    take: number,
    after: AuditPosition | undefined,
  ): Promise<Row[]> {
    const words = searchWords(filter.q ?? '');
    if (words.length === 0) return [];
    const hits = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM search_audit_entry(
        ${organizationId}::uuid, ${words}::text[], ${filter.actorId ?? null}::uuid,
        ${filter.impersonatorId ?? null}::uuid, ${filter.action ?? null}::text,
        ${filter.resourceKind ?? null}::text, ${filter.resourceId ?? null}::text,
        ${filter.correlationId ?? null}::text, ${dateOf(filter.from) ?? null}::timestamptz,
        ${dateOf(filter.to) ?? null}::timestamptz, ${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid,
        ${take}::int) AS id`;
    const ids = hits.map(({ id }) => id);
    return tx.auditEntry.findMany({ where: { organizationId, id: { in: ids } }, orderBy: NEWEST_FIRST });
  }
}
