import type { In, listServiceOrders, OrderState } from '@orion/contracts';
import { idPage } from '@orion/database';
import type { Prisma, ServiceOrder } from '../generated/prisma/client';
import { optionalDate } from '../shared/instant';
import type { Tx } from '../shared/tx.types';
import { searchWords } from './search-words';

type Query = In<typeof listServiceOrders>['query'];

interface Filter {
  query: Query;
  from: Date | undefined;
  to: Date | undefined;
  take: number;
  before: string | undefined;
}

/** One more row than the page holds, newest first. */
export async function listOrders(tx: Tx, organizationId: string, query: Query): Promise<ServiceOrder[]> {
  const filter = {
    query,
    from: optionalDate(query.from, 'query.from'),
    to: optionalDate(query.to, 'query.to'),
    ...idPage(query),
  };
  return query.q === undefined
    ? browse(tx, organizationId, filter)
    : search(tx, organizationId, query.q, filter);
}

function browse(
  tx: Tx,
  organizationId: string,
  { query, from, to, take, before }: Filter,
): Promise<ServiceOrder[]> {
  const where: Prisma.ServiceOrderWhereInput = {
    organizationId,
    state: query.state,
    kind: query.kind,
    customerId: query.customerId,
    externalId: query.externalId,
    ...(from && { latestStart: { gte: from } }),
    ...(to && { earliestStart: { lte: to } }),
    ...(before && { id: { lt: before } }),
  };
  return tx.serviceOrder.findMany({ where, orderBy: { id: 'desc' }, take });
}

/** Matches in the database's search function, which finds ids; the rows come through row-level security. */
async function search(
  tx: Tx,
  organizationId: string,
  q: string,
  { query, from, to, take, before }: Filter,
): Promise<ServiceOrder[]> {
  const words = searchWords(q);
  if (words.length === 0) return [];
  const hits = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM search_service_order(
      ${organizationId}::uuid, ${words}::text[], ${query.state ?? null}::text, ${query.kind ?? null}::text,
      ${query.customerId ?? null}::uuid, ${query.externalId ?? null}::text, ${from ?? null}::timestamptz,
      ${to ?? null}::timestamptz, ${before ?? null}::uuid, ${take}::int) AS id`;
  const ids = hits.map(({ id }) => id);
  return tx.serviceOrder.findMany({ where: { organizationId, id: { in: ids } }, orderBy: { id: 'desc' } });
}

export async function countOrders(
  tx: Tx,
  organizationId: string,
): Promise<{ total: number; byState: Partial<Record<OrderState, number>> }> {
  const groups = await tx.serviceOrder.groupBy({ by: ['state'], where: { organizationId }, _count: true });
  return {
    total: groups.reduce((sum, group) => sum + group._count, 0),
    byState: Object.fromEntries(groups.map((group) => [group.state as OrderState, group._count])),
  };
}
