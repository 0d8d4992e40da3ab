import { Controller } from '@nestjs/common';
import { assign, listAssignments, type Out, readAssignment } from '@orion/contracts';
import { byId, Database, pageOf } from '@orion/database';
import { type Call } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import { type PrismaClient } from '../generated/prisma/client';
import { AssignOrder } from './assign-order.use-case';
import { assignmentReply, listAssignmentRows, readAssignmentDetail } from './assignment.repository';

@Controller()
export class AssignmentController {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly assignOrder: AssignOrder,
  ) {}

  @Implements(assign)
  create(@TheCall() call: Call<typeof assign>): Promise<Out<typeof assign>> {
    return this.database.execute(call, (tx) => this.assignOrder.run(tx, call.principal, call.body));
  }

  @Implements(readAssignment)
  read(@TheCall() { principal, params }: Call<typeof readAssignment>): Promise<Out<typeof readAssignment>> {
    const { organizationId } = principal;
    return this.database.tenant(organizationId, (tx) => readAssignmentDetail(tx, organizationId, params.id));
  }

  @Implements(listAssignments)
  list(@TheCall() { principal, query }: Call<typeof listAssignments>): Promise<Out<typeof listAssignments>> {
    const { organizationId } = principal;
    return this.database.tenant(organizationId, async (tx) =>
      pageOf(await listAssignmentRows(tx, organizationId, query), query, byId, assignmentReply),
    );
  }
}
