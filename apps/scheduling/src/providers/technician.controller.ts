import { Controller } from '@nestjs/common';
import {
  changeOf,
  changeTechnician,
  createTechnician,
  listTechnicians,
  type Out,
  readTechnician,
  technicianCreated,
} from '@orion/contracts';
import { byId, Database, idPage, pageOf } from '@orion/database';
import { Outbox } from '@orion/messaging';
import { BusinessRuleException } from '@orion/problem';
import { type Call } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import { type PrismaClient } from '../generated/prisma/client';
import { audited, Records } from '../shared/records.publisher';
import { technicianReply, withSkillsAndShifts } from './provider.mapper';
import { insertTechnician, readTechnicianRow, updateTechnician } from './technician.repository';

@Controller()
export class TechnicianController {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly outbox: Outbox,
    private readonly records: Records,
  ) {}

  @Implements(createTechnician)
  create(@TheCall() call: Call<typeof createTechnician>): Promise<Out<typeof createTechnician>> {
    const { organizationId } = call.principal;
    return this.database.execute(call, async (tx) => {
      const team = await tx.workTeam.findUnique({
        where: { organizationId_id: { organizationId, id: call.body.workTeamId } },
      });
      if (team?.archived) throw new BusinessRuleException('ARCHIVED', 'The work team is archived');
      const reply = technicianReply(await insertTechnician(tx, organizationId, call.body));
      await this.outbox.publish(tx, technicianCreated, {
        organizationId,
        subject: reply.id,
        data: {
          technicianId: reply.id,
          workTeamId: reply.workTeamId,
          name: reply.name,
          skills: reply.skills,
        },
        change: changeOf(null, audited(reply)),
      });
      return reply;
    });
  }

  @Implements(listTechnicians)
  list(@TheCall() { principal, query }: Call<typeof listTechnicians>): Promise<Out<typeof listTechnicians>> {
    const { organizationId } = principal;
    const { externalId, workTeamId } = query;
    const { take, before } = idPage(query);
    return this.database.tenant(organizationId, async (tx) => {
      const where = { organizationId, externalId, workTeamId, ...(before && { id: { lt: before } }) };
      const rows = await tx.technician.findMany({
        where,
        orderBy: { id: 'desc' },
        take,
        include: withSkillsAndShifts,
      });
      return pageOf(rows, query, byId, technicianReply);
    });
  }

  @Implements(readTechnician)
  read(@TheCall() { principal, params }: Call<typeof readTechnician>): Promise<Out<typeof readTechnician>> {
    const { organizationId } = principal;
    return this.database.tenant(organizationId, async (tx) =>
      technicianReply(await readTechnicianRow(tx, organizationId, params.id)),
    );
  }

  @Implements(changeTechnician)
  change(@TheCall() call: Call<typeof changeTechnician>): Promise<Out<typeof changeTechnician>> {
    const { organizationId } = call.principal;
    return this.database.execute(call, async (tx) => {
      const { before, row } = await updateTechnician(tx, organizationId, call.params.id, call.body);
      const technician = technicianReply(row);
      await this.records.tell(tx, organizationId, 'technician', technicianReply(before), technician);
      return technician;
    });
  }
}
