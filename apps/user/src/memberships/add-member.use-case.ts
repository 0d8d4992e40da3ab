import { Injectable } from '@nestjs/common';
import type { addMember, In, Out } from '@orion/contracts';
import { BusinessRuleException } from '@orion/problem';
import type { Principal } from '@orion/security';
import { v7 as uuid } from 'uuid';
import type { Prisma } from '../generated/prisma/client';
import { OrganizationRepository } from '../organizations/organization.repository';
import { PersonRepository } from '../people/person.repository';
import type { Grants } from '../roles/grants';
import { belongs, toMember } from './member';
import { MembershipRepository } from './membership.repository';
import { mayChangeRoles, normalRoles } from './role-guard';

@Injectable()
export class AddMember {
  constructor(
    private readonly people: PersonRepository,
    private readonly organizations: OrganizationRepository,
    private readonly memberships: MembershipRepository,
  ) {}

  async run(
    tx: Prisma.TransactionClient,
    principal: Principal,
    wish: In<typeof addMember>['body'],
    grants: Grants,
  ): Promise<Out<typeof addMember>> {
    const { organizationId } = principal;
    const roles = normalRoles(wish.roles);
    if (!mayChangeRoles(principal.permissions, [], roles, (ids) => grants.permissionsOf(ids))) {
      throw new BusinessRuleException('FORBIDDEN', 'Nobody grants permissions they lack');
    }
    const person = await this.people.byEmail(tx, wish.email);
    if (!person) throw new BusinessRuleException('PERSON_UNKNOWN');
    await this.organizations.lock(tx, organizationId);
    const former = await this.memberships.find(tx, organizationId, person.id);
    if (former && belongs(former)) throw new BusinessRuleException('MEMBER_EXISTS');
    const state = {
      id: former?.id ?? uuid(),
      organizationId,
      userId: person.id,
      roles,
      active: true,
      joinedAt: new Date(),
      suspendedAt: null,
      title: former?.title ?? '',
    };
    const membership = await this.memberships.save(tx, person.email, state, former);
    return toMember({ ...membership, person });
  }
}
