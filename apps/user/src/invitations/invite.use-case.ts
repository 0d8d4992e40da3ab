import { Injectable } from '@nestjs/common';
import type { In, invite } from '@orion/contracts';
import { BusinessRuleException } from '@orion/problem';
import type { Principal } from '@orion/security';
import { v7 as uuid } from 'uuid';
import type { Prisma } from '../generated/prisma/client';
import { belongs } from '../memberships/member';
import { MembershipRepository } from '../memberships/membership.repository';
import { mayChangeRoles, normalRoles } from '../memberships/role-guard';
import { OrganizationRepository } from '../organizations/organization.repository';
import { PersonRepository } from '../people/person.repository';
import type { Grants } from '../roles/grants';
import { InvitationMail } from './invitation-mail.service';
import { newToken } from './invitation-token.codec';
import type { InvitationRow } from './invitation';
import { InvitationRepository } from './invitation.repository';

type Tx = Prisma.TransactionClient;

@Injectable()
export class Invite {
  constructor(
    private readonly people: PersonRepository,
    private readonly organizations: OrganizationRepository,
    private readonly memberships: MembershipRepository,
    private readonly invitations: InvitationRepository,
    private readonly mail: InvitationMail,
  ) {}

  /**
   * @param key that seals the token
   * @throws FORBIDDEN, MEMBER_EXISTS, INVITATION_EXISTS
   */
  async run(
    tx: Tx,
    principal: Principal,
    wish: In<typeof invite>['body'],
    grants: Grants,
    key: string,
  ): Promise<InvitationRow> {
    const { organizationId, userId } = principal;
    const roles = normalRoles(wish.roles);
    if (!mayChangeRoles(principal.permissions, [], roles, (ids) => grants.permissionsOf(ids))) {
      throw new BusinessRuleException('FORBIDDEN', 'Nobody grants permissions they lack');
    }
    await this.organizations.lock(tx, organizationId);
    const person = await this.people.byEmail(tx, wish.email);
    const member = person && (await this.memberships.find(tx, organizationId, person.id));
    if (member && belongs(member)) throw new BusinessRuleException('MEMBER_EXISTS');
    const inviter = await this.people.self(tx, userId);
    const { token, hash: tokenHash } = newToken(organizationId);
    const invitation = await this.invitations.add(tx, {
      id: uuid(),
      organizationId,
      email: wish.email,
      roles,
      language: wish.language ?? inviter?.language ?? 'en',
      invitedBy: userId,
      tokenHash,
    });
    if (!invitation) throw new BusinessRuleException('INVITATION_EXISTS');
    await this.mail.send(tx, principal, invitation, token, key);
    return invitation;
  }
}
