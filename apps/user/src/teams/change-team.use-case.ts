import { Injectable } from '@nestjs/common';
import {
  type Change,
  changeOf,
  type changeTeam,
  type createTeam,
  type In,
  teamChanged,
} from '@orion/contracts';
import { Outbox } from '@orion/messaging';
import { BusinessRuleException } from '@orion/problem';
import type { Principal } from '@orion/security';
import type { Prisma } from '../generated/prisma/client';
import { MembershipRepository } from '../memberships/membership.repository';
import { TeamRepository, type TeamRow } from './team.repository';

type Tx = Prisma.TransactionClient;

const fieldsOf = ({ name, description }: TeamRow) => ({ name, description });

const nameTaken = (): BusinessRuleException =>
  new BusinessRuleException('TEAM_NAME_TAKEN', undefined, {
    errors: [{ field: 'body.name', reason: 'is taken by another team' }],
  });

@Injectable()
export class ChangeTeam {
  constructor(
    private readonly teams: TeamRepository,
    private readonly memberships: MembershipRepository,
    private readonly outbox: Outbox,
  ) {}

  /** @throws TEAM_NAME_TAKEN */
  async create(tx: Tx, principal: Principal, wish: In<typeof createTeam>['body']): Promise<TeamRow> {
    const team = await this.teams.add(tx, principal.organizationId, wish);
    if (!team) throw nameTaken();
    await this.tell(tx, principal, team, changeOf(null, fieldsOf(team)));
    return team;
  }

  /** @throws NOT_FOUND, TEAM_NAME_TAKEN */
  async change(
    tx: Tx,
    principal: Principal,
    id: string,
    wish: In<typeof changeTeam>['body'],
  ): Promise<TeamRow> {
    const { organizationId } = principal;
    const before = await this.own(tx, principal, id);
    const { name = before.name, description = before.description } = wish;
    if (await this.teams.isNamed(tx, organizationId, name, id)) throw nameTaken();
    await this.teams.change(tx, organizationId, id, { name, description });
    const team = { ...before, name, description };
    await this.tell(tx, principal, team, changeOf(fieldsOf(before), fieldsOf(team)));
    return team;
  }

  /** @throws NOT_FOUND */
  async delete(tx: Tx, principal: Principal, id: string): Promise<void> {
    const team = await this.own(tx, principal, id);
    await this.teams.remove(tx, principal.organizationId, id);
    await this.tell(tx, principal, team, changeOf(fieldsOf(team), null), false);
  }

  /** @throws NOT_FOUND, alike for the team and for somebody who is no member of the organization */
  async join(tx: Tx, principal: Principal, id: string, userId: string): Promise<TeamRow> {
    const { organizationId } = principal;
    const team = await this.own(tx, principal, id);
    const member = await this.memberships.find(tx, organizationId, userId);
    if (!member?.active) throw new BusinessRuleException('NOT_FOUND');
    if (!(await this.teams.join(tx, organizationId, id, userId))) return team;
    return this.changed(tx, principal, id, changeOf({ member: null }, { member: userId }));
  }

  /** @throws NOT_FOUND */
  async part(tx: Tx, principal: Principal, id: string, userId: string): Promise<TeamRow> {
    const { organizationId } = principal;
    const team = await this.own(tx, principal, id);
    if (!(await this.teams.part(tx, organizationId, id, userId))) return team;
    return this.changed(tx, principal, id, changeOf({ member: userId }, { member: null }));
  }

  private async own(tx: Tx, { organizationId }: Principal, id: string): Promise<TeamRow> {
    const team = await this.teams.lock(tx, organizationId, id);
    if (!team) throw new BusinessRuleException('NOT_FOUND');
    return team;
  }

  private async changed(tx: Tx, principal: Principal, id: string, change: Change): Promise<TeamRow> {
    const team = await this.own(tx, principal, id);
    await this.tell(tx, principal, team, change);
    return team;
  }

  private async tell(
    tx: Tx,
    principal: Principal,
    team: TeamRow,
    change: Change,
    active = true,
  ): Promise<void> {
    const { organizationId, userId: changedBy } = principal;
    const members = await this.teams.members(tx, organizationId, team.id);
    const userIds = members.map((it) => it.userId);
    await this.outbox.publish(tx, teamChanged, {
      organizationId,
      subject: team.id,
      data: { teamId: team.id, name: team.name, userIds, active, changedBy },
      change,
    });
  }
}
