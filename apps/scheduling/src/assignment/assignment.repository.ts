import type {
  Assignment as AssignmentReply,
  AssignmentDetail,
  Funnel,
  In,
  listAssignments,
} from '@orion/contracts';
import { idPage } from '@orion/database';
import type { z } from 'zod';
import { bookingReply } from '../calendar/booking.mapper';
import type { Assignment, Prisma } from '../generated/prisma/client';
import { found } from '../shared/found';
import type { Tx } from '../shared/tx.types';

export const assignmentReply = (row: Assignment): z.input<typeof AssignmentReply> => ({
  id: row.id,
  serviceOrderId: row.serviceOrderId,
  technicianId: row.technicianId,
  bookingId: row.bookingId,
  mode: 'DIRECT',
  state: row.state as z.input<typeof AssignmentReply>['state'],
  createdAt: row.createdAt.toISOString(),
  createdBy: row.createdBy,
});

/** @throws BusinessRuleException NOT_FOUND */
export async function readAssignmentDetail(
  tx: Tx,
  organizationId: string,
  id: string,
): Promise<z.input<typeof AssignmentDetail>> {
  const row = found(
    await tx.assignment.findUnique({
      where: { organizationId_id: { organizationId, id } },
      include: { booking: true },
    }),
  );
  return {
    ...assignmentReply(row),
    booking: bookingReply(row.booking),
    funnel: row.funnel as unknown as Funnel,
  };
}

/** One more row than the page holds, newest first. */
export function listAssignmentRows(
  tx: Tx,
  organizationId: string,
  query: In<typeof listAssignments>['query'],
): Promise<Assignment[]> {
  const { serviceOrderId, technicianId } = query;
  const { take, before } = idPage(query);
  const where: Prisma.AssignmentWhereInput = {
    organizationId,
    serviceOrderId,
    technicianId,
    ...(before && { id: { lt: before } }),
  };
  return tx.assignment.findMany({ where, orderBy: { id: 'desc' }, take });
}
