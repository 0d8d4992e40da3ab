import { Controller } from '@nestjs/common';
import { changeWorkTeam, createWorkTeam, listWorkTeams, type Out, readWorkTeam } from '@orion/contracts';
import { byId, Database, idPage, pageOf } from '@orion/database';
import { BusinessRuleException } from '@orion/problem';
import { type Call } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import { v7 } from 'uuid';
import { type PrismaClient } from '../generated/prisma/client';
import { found } from '../shared/found';
import { lockRow } from '../shared/lock.query';
import { Records } from '../shared/records.publisher';
import { workTeamReply } from './provider.mapper';

@Controller()
export class WorkTeamController {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly records: Records,
  ) {}

  @Implements(createWorkTeam)
  create(@TheCall() call: Call<typeof createWorkTeam>): Promise<Out<typeof createWorkTeam>> {
    const { organizationId } = call.principal;
    return this.database.execute(call, async (tx) => {
      const provider = await tx.provider.findUnique({
        where: { organizationId_id: { organizationId, id: call.body.providerId } },
      });
      if (provider?.archived) throw new BusinessRuleException('ARCHIVED', 'The provider is archived');
      const row = await tx.workTeam.create({ data: { ...call.body, id: v7(), organizationId } });
      const team = workTeamReply(row);
      await this.records.tell(tx, organizationId, 'work-team', null, team);
      return team;
    });
  }

  @Implements(listWorkTeams)
  list(@TheCall() { principal, query }: Call<typeof listWorkTeams>): Promise<Out<typeof listWorkTeams>> {
    const { organizationId } = principal;
    const { externalId, providerId } = query;
    const { take, before } = idPage(query);
    return this.database.tenant(organizationId, async (tx) => {
      const where = { organizationId, externalId, providerId, ...(before && { id: { lt: before } }) };
      const rows = await tx.workTeam.findMany({ where, orderBy: { id: 'desc' }, take });
      return pageOf(rows, query, byId, workTeamReply);
    });
  }

  @Implements(readWorkTeam)
  read(@TheCall() { principal, params }: Call<typeof readWorkTeam>): Promise<Out<typeof readWorkTeam>> {
    const key = { organizationId: principal.organizationId, id: params.id };
    return this.database.tenant(key.organizationId, async (tx) =>
      workTeamReply(found(await tx.workTeam.findUnique({ where: { organizationId_id: key } }))),
    );
  }

  @Implements(changeWorkTeam)
  change(@TheCall() call: Call<typeof changeWorkTeam>): Promise<Out<typeof changeWorkTeam>> {
    const key = { organizationId: call.principal.organizationId, id: call.params.id };
    const where = { organizationId_id: key };
    return this.database.execute(call, async (tx) => {
      await lockRow(tx, 'work_team', key.organizationId, key.id);
      const before = found(await tx.workTeam.findUnique({ where }));
      const row = await tx.workTeam.update({ where, data: { ...call.body, version: { increment: 1 } } });
      const team = workTeamReply(row);
      await this.records.tell(tx, key.organizationId, 'work-team', workTeamReply(before), team);
      return team;
    });
  }
}
