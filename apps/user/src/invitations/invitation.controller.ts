import { Controller } from '@nestjs/common';
import {
  acceptInvitation,
  createUser,
  type In,
  invite,
  Language,
  listInvitations,
  type Out,
  previewInvitation,
  resendInvitation,
  revokeInvitation,
} from '@orion/contracts';
import { byId, Database, idPage, pageOf } from '@orion/database';
import { type Call } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import type { PrismaClient } from '../generated/prisma/client';
import { AddMember } from '../memberships/add-member.use-case';
import { toMember, toOrganizationMember } from '../memberships/member';
import { MembershipRepository } from '../memberships/membership.repository';
import { PersonRepository } from '../people/person.repository';
import { RoleDirectory } from '../roles/role-directory.service';
import { AcceptInvitation } from './accept-invitation.use-case';
import { ChangeInvitation } from './change-invitation.use-case';
import { toInvitation } from './invitation';
import { InvitationRepository } from './invitation.repository';
import { Invite } from './invite.use-case';
import { SealingKey } from './sealing-key.provider';

@Controller()
export class InvitationController {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly directory: RoleDirectory,
    private readonly sealing: SealingKey,
    private readonly invitations: InvitationRepository,
    private readonly inviting: Invite,
    private readonly changing: ChangeInvitation,
    private readonly accepting: AcceptInvitation,
    private readonly people: PersonRepository,
    private readonly memberships: MembershipRepository,
    private readonly newMember: AddMember,
  ) {}

  @Implements(listInvitations)
  async list(
    @TheCall() { principal, query }: Call<typeof listInvitations>,
  ): Promise<Out<typeof listInvitations>> {
    const { take, before } = idPage(query);
    const rows = await this.database.tenant(principal.organizationId, (tx) =>
      this.invitations.page(tx, principal.organizationId, take, { before, state: query.state }),
    );
    return pageOf(rows, query, byId, toInvitation);
  }

  @Implements(invite)
  async create(@TheCall() call: Call<typeof invite>): Promise<Out<typeof invite>> {
    const { grants, key } = await this.prepared(call.principal.organizationId, call.body);
    return this.database.execute(call, async (tx) =>
      toInvitation(await this.inviting.run(tx, call.principal, call.body, grants, key)),
    );
  }

  @Implements(createUser)
  async createUser(@TheCall() call: Call<typeof createUser>): Promise<Out<typeof createUser>> {
    const { principal, body } = call;
    const { grants, key } = await this.prepared(principal.organizationId, body);
    return this.database.execute(call, async (tx) => {
      const person = await this.people.byEmail(tx, body.email);
      if (!person) {
        const invitation = await this.inviting.run(tx, principal, body, grants, key);
        return { member: null, invitation: toInvitation(invitation) };
      }
      await this.newMember.run(tx, principal, body, grants);
      const member = await this.memberships.find(tx, principal.organizationId, person.id);
      return { member: member && toOrganizationMember(member), invitation: null };
    });
  }

  @Implements(resendInvitation)
  async resend(@TheCall() call: Call<typeof resendInvitation>): Promise<Out<typeof resendInvitation>> {
    const { principal, params } = call;
    const { organizationId } = principal;
    const { roles } = await this.database.tenant(organizationId, (tx) =>
      this.changing.find(tx, organizationId, params.id),
    );
    const grants = await this.directory.grants(organizationId, roles);
    const key = await this.sealing.current();
    return this.database.execute(call, async (tx) =>
      toInvitation(await this.changing.resend(tx, principal, params.id, grants, key)),
    );
  }

  @Implements(revokeInvitation)
  revoke(@TheCall() call: Call<typeof revokeInvitation>): Promise<Out<typeof revokeInvitation>> {
    return this.database.execute(call, async (tx) =>
      toInvitation(await this.changing.revoke(tx, call.principal, call.params.id)),
    );
  }

  @Implements(previewInvitation)
  async preview(@TheCall() { body }: Call<typeof previewInvitation>): Promise<Out<typeof previewInvitation>> {
    const { invitation, organization, registered } = await this.accepting.preview(body.token);
    const { email, language, expiresAt } = invitation;
    return {
      organizationName: organization.name,
      email,
      language: Language.parse(language),
      expiresAt: expiresAt.toISOString(),
      registered,
    };
  }

  @Implements(acceptInvitation)
  async accept(
    @TheCall() { principal, body }: Call<typeof acceptInvitation>,
  ): Promise<Out<typeof acceptInvitation>> {
    const { membership, person } = await this.accepting.run(body.token, { userId: principal.userId });
    return { ...toMember({ ...membership, person }), organizationId: membership.organizationId };
  }

  /** What has to be asked of others before a transaction begins. */
  private async prepared(organizationId: string, { roles }: Pick<In<typeof invite>['body'], 'roles'>) {
    const grants = await this.directory.wished(organizationId, 'body.roles', roles);
    return { grants, key: await this.sealing.current() };
  }
}
