import { Controller } from '@nestjs/common';
import {
  addTeamMember,
  changeTeam,
  createTeam,
  deleteTeam,
  listTeamMembers,
  listTeams,
  type Out,
  readTeam,
  removeTeamMember,
} from '@orion/contracts';
import { byId, Database, idPage, pageOf } from '@orion/database';
import { BusinessRuleException } from '@orion/problem';
import { type Call } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import type { PrismaClient } from '../generated/prisma/client';
import { ownOrganization } from '../organizations/own-organization';
import { ChangeTeam } from './change-team.use-case';
import { toTeam, toTeamMember } from './team';
import { TeamRepository } from './team.repository';

@Controller()
export class TeamController {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly teams: TeamRepository,
    private readonly changes: ChangeTeam,
  ) {}

  @Implements(listTeams)
  async list(
    @TheCall() { principal, params, query }: Call<typeof listTeams>,
  ): Promise<Out<typeof listTeams>> {
    const organizationId = ownOrganization(principal, params.id);
    const { take, before } = idPage(query);
    const rows = await this.database.tenant(organizationId, (tx) =>
      this.teams.page(tx, organizationId, take, before),
    );
    return pageOf(rows, query, byId, toTeam);
  }

  @Implements(createTeam)
  async create(@TheCall() call: Call<typeof createTeam>): Promise<Out<typeof createTeam>> {
    ownOrganization(call.principal, call.params.id);
    return this.database.execute(call, async (tx) =>
      toTeam(await this.changes.create(tx, call.principal, call.body)),
    );
  }

  @Implements(readTeam)
  async read(@TheCall() { principal, params }: Call<typeof readTeam>): Promise<Out<typeof readTeam>> {
    const { organizationId } = principal;
    const team = await this.database.tenant(organizationId, (tx) =>
      this.teams.find(tx, organizationId, params.id),
    );
    if (!team) throw new BusinessRuleException('NOT_FOUND');
    return toTeam(team);
  }

  @Implements(changeTeam)
  change(@TheCall() call: Call<typeof changeTeam>): Promise<Out<typeof changeTeam>> {
    return this.database.execute(call, async (tx) =>
      toTeam(await this.changes.change(tx, call.principal, call.params.id, call.body)),
    );
  }

  @Implements(deleteTeam)
  async delete(@TheCall() call: Call<typeof deleteTeam>): Promise<Out<typeof deleteTeam>> {
    await this.database.execute(call, (tx) => this.changes.delete(tx, call.principal, call.params.id));
    return undefined;
  }

  @Implements(listTeamMembers)
  members(
    @TheCall() { principal, params, query }: Call<typeof listTeamMembers>,
  ): Promise<Out<typeof listTeamMembers>> {
    const { organizationId } = principal;
    const { take, before: after } = idPage(query);
    return this.database.tenant(organizationId, async (tx) => {
      const team = await this.teams.find(tx, organizationId, params.id);
      if (!team) throw new BusinessRuleException('NOT_FOUND');
      const rows = await this.teams.members(tx, organizationId, team.id, take, after);
      return pageOf(rows, query, (it) => [it.userId], toTeamMember);
    });
  }

  @Implements(addTeamMember)
  join(@TheCall() call: Call<typeof addTeamMember>): Promise<Out<typeof addTeamMember>> {
    return this.database.execute(call, async (tx) =>
      toTeam(await this.changes.join(tx, call.principal, call.params.id, call.body.userId)),
    );
  }

  @Implements(removeTeamMember)
  part(@TheCall() call: Call<typeof removeTeamMember>): Promise<Out<typeof removeTeamMember>> {
    return this.database.execute(call, async (tx) =>
      toTeam(await this.changes.part(tx, call.principal, call.params.id, call.body.userId)),
    );
  }
}
