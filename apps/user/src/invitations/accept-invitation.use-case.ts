import { Injectable } from '@nestjs/common';
import { Database } from '@orion/database';
import { BusinessRuleException } from '@orion/problem';
import { v7 as uuid } from 'uuid';
import type { Membership, Organization, Prisma, PrismaClient } from '../generated/prisma/client';
import { belongs } from '../memberships/member';
import { MembershipRepository } from '../memberships/membership.repository';
import { OrganizationRepository } from '../organizations/organization.repository';
import { PersonRepository } from '../people/person.repository';
import { RoleDirectory } from '../roles/role-directory.service';
import { closedBy, type InvitationRow } from './invitation';
import { hashOf, organizationOf } from './invitation-token.codec';
import { InvitationRepository } from './invitation.repository';

type Tx = Prisma.TransactionClient;

/** Somebody with an account of the invited address, or about to have one. */
export interface Guest {
  userId: string;
  /** Only for somebody new. */
  name?: string;
}

export interface Accepted {
  membership: Membership;
  person: { email: string; name: string };
}

interface Opened {
  invitation: InvitationRow;
  organization: Organization;
}

@Injectable()
export class AcceptInvitation {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly people: PersonRepository,
    private readonly organizations: OrganizationRepository,
    private readonly memberships: MembershipRepository,
    private readonly invitations: InvitationRepository,
    private readonly directory: RoleDirectory,
  ) {}

  /** The invitation behind a token. @throws INVITATION_UNKNOWN, _ACCEPTED, _REVOKED, _EXPIRED */
  async preview(token: string): Promise<Opened & { registered: boolean }> {
    const organizationId = organizationIn(token);
    return this.database.tenant(organizationId, async (tx) => {
      const opened = await this.open(tx, organizationId, token);
      refuseClosed(opened);
      const person = await this.people.byEmail(tx, opened.invitation.email);
      return { ...opened, registered: person !== null };
    });
  }

  /**
   * Idempotent for the guest who accepted it. Roles the organization has no more are left out.
   * @throws INVITATION_UNKNOWN, _ACCEPTED, _REVOKED, _EXPIRED, _FOR_ANOTHER, MEMBER_EXISTS, ROLE_UNKNOWN, EMAIL_TAKEN
   */
  async run(token: string, guest: Guest): Promise<Accepted> {
    const organizationId = organizationIn(token);
    const { invitation } = await this.database.tenant(organizationId, (tx) =>
      this.open(tx, organizationId, token),
    );
    const grants = await this.directory.grants(organizationId, invitation.roles);
    const gone = grants.unknown(invitation.roles);
    return this.database.tenant(organizationId, (tx) =>
      this.accept(tx, organizationId, token, guest, (it) => !gone.includes(it)),
    );
  }

  private async accept(
    tx: Tx,
    organizationId: string,
    token: string,
    guest: Guest,
    exists: (role: string) => boolean,
  ): Promise<Accepted> {
    await this.organizations.lock(tx, organizationId);
    const opened = await this.open(tx, organizationId, token);
    const { invitation } = opened;
    const former = await this.memberships.find(tx, organizationId, guest.userId);
    if (invitation.acceptedBy === guest.userId && former?.active)
      return { membership: former, person: former.person };
    refuseClosed(opened);
    const person = await this.personOf(tx, organizationId, invitation, guest);
    if (former && belongs(former)) throw new BusinessRuleException('MEMBER_EXISTS');
    const roles = invitation.roles.filter(exists);
    if (roles.length === 0)
      throw new BusinessRuleException('ROLE_UNKNOWN', 'The roles of this invitation are gone');
    await this.invitations.accept(tx, invitation.id, guest.userId);
    const state = {
      id: former?.id ?? uuid(),
      organizationId,
      userId: guest.userId,
      roles,
      active: true,
      joinedAt: new Date(),
      suspendedAt: null,
      title: former?.title ?? '',
    };
    const membership = await this.memberships.save(tx, person.email, state, former, guest.userId);
    return { membership, person };
  }

  private async personOf(
    tx: Tx,
    organizationId: string,
    { email, language }: InvitationRow,
    { userId, name }: Guest,
  ): Promise<{ email: string; name: string }> {
    const known = await this.people.self(tx, userId);
    if (known && known.email.toLowerCase() === email.toLowerCase()) return known;
    if (known) throw new BusinessRuleException('INVITATION_FOR_ANOTHER');
    if (name === undefined) throw new BusinessRuleException('NOT_FOUND');
    const person = { id: userId, email, name, language, homeOrganizationId: organizationId };
    if (!(await this.people.add(tx, person))) throw new BusinessRuleException('EMAIL_TAKEN');
    return { email, name };
  }

  private async open(tx: Tx, organizationId: string, token: string): Promise<Opened> {
    const invitation = await this.invitations.lockByHash(tx, organizationId, hashOf(token));
    const organization = invitation && (await this.organizations.find(tx, organizationId));
    if (!organization) throw new BusinessRuleException('INVITATION_UNKNOWN');
    return { invitation, organization };
  }
}

function organizationIn(token: string): string {
  const organizationId = organizationOf(token);
  if (!organizationId) throw new BusinessRuleException('INVITATION_UNKNOWN');
  return organizationId;
}

/** A deleted organization takes nobody in. */
function refuseClosed({ invitation, organization }: Opened): void {
  const code = closedBy(invitation) ?? (organization.eraseAt ? 'INVITATION_REVOKED' : undefined);
  if (code) throw new BusinessRuleException(code);
}
