import { Injectable } from '@nestjs/common';
import { changeOf, userRecordChanged } from '@orion/contracts';
import { Outbox, recordFact } from '@orion/messaging';
import { BusinessRuleException } from '@orion/problem';
import type { Principal } from '@orion/security';
import type { Prisma } from '../generated/prisma/client';
import { mayChangeRoles } from '../memberships/role-guard';
import type { Grants } from '../roles/grants';
import { InvitationMail } from './invitation-mail.service';
import { newToken } from './invitation-token.codec';
import type { InvitationRow } from './invitation';
import { InvitationRepository } from './invitation.repository';

type Tx = Prisma.TransactionClient;

@Injectable()
export class ChangeInvitation {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly mail: InvitationMail,
    private readonly outbox: Outbox,
  ) {}

  /** @throws NOT_FOUND */
  async find(tx: Tx, organizationId: string, id: string): Promise<InvitationRow> {
    const invitation = await this.invitations.lock(tx, organizationId, id);
    if (!invitation) throw new BusinessRuleException('NOT_FOUND');
    return invitation;
  }

  /**
   * Sends the mail again with another token; also wakes an invitation that has expired.
   * @throws NOT_FOUND, FORBIDDEN, INVITATION_ACCEPTED, INVITATION_REVOKED
   */
  async resend(
    tx: Tx,
    principal: Principal,
    id: string,
    grants: Grants,
    key: string,
  ): Promise<InvitationRow> {
    const { organizationId, permissions } = principal;
    const before = await this.find(tx, organizationId, id);
    if (before.acceptedAt) throw new BusinessRuleException('INVITATION_ACCEPTED');
    if (before.revokedAt) throw new BusinessRuleException('INVITATION_REVOKED');
    if (!mayChangeRoles(permissions, [], before.roles, (ids) => grants.permissionsOf(ids))) {
      throw new BusinessRuleException('FORBIDDEN', 'Nobody grants permissions they lack');
    }
    const { token, hash } = newToken(organizationId);
    const invitation = await this.invitations.renew(tx, id, hash);
    if (!invitation) throw new BusinessRuleException('NOT_FOUND');
    await this.mail.send(tx, principal, invitation, token, key);
    return invitation;
  }

  /** @throws NOT_FOUND, INVITATION_ACCEPTED */
  async revoke(tx: Tx, { organizationId }: Principal, id: string): Promise<InvitationRow> {
    const before = await this.find(tx, organizationId, id);
    if (before.acceptedAt) throw new BusinessRuleException('INVITATION_ACCEPTED');
    if (before.revokedAt) return before;
    await this.invitations.revoke(tx, id);
    const change = changeOf({ email: before.email, roles: before.roles }, null);
    const record = { kind: 'invitation', id, action: 'revoked' };
    await this.outbox.publish(tx, userRecordChanged, recordFact(organizationId, record, change));
    return this.find(tx, organizationId, id);
  }
}
