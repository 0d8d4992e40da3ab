import { Injectable } from '@nestjs/common';
import { type EventOf, membershipChanged } from '@orion/contracts';
import { type EventConsumer } from '@orion/messaging';
import { holderKey } from '@orion/security';
import { ApiKeyEnding } from '../api-keys/api-key-ending.service';
import type { Prisma } from '../generated/prisma/client';
import { MembershipRepository } from '../roles/membership.repository';
import { AccessTokenIssuer } from '../sessions/access-token.issuer';
import { RevocationRepository } from '../sessions/revocation.repository';
import { SessionEnding } from '../sessions/session-ending.repository';

/**
 * Keeps who holds which role. Who left an organization is out of it and leaves no key behind; keys of somebody suspended
 * wait for their return. Who holds other roles needs another access token, and one minted right after has the permissions
 * it will be held to.
 */
@Injectable()
export class MembershipConsumer implements EventConsumer {
  readonly name = 'auth.memberships';
  readonly events = [membershipChanged];

  constructor(
    private readonly memberships: MembershipRepository,
    private readonly ending: SessionEnding,
    private readonly keys: ApiKeyEnding,
    private readonly revocations: RevocationRepository,
    private readonly issuer: AccessTokenIssuer,
  ) {}

  async handle(tx: Prisma.TransactionClient, event: EventOf<typeof membershipChanged>): Promise<void> {
    const { membershipId, organizationId, userId, roles, active, joinedAt, suspended } = event.data;
    await this.memberships.keep(tx, {
      id: membershipId,
      organizationId,
      userId,
      roles,
      active,
      joinedAt: new Date(joinedAt),
      sequence: event.sequence,
    });
    const held = await this.memberships.find(tx, organizationId, userId);
    if (!held) {
      await this.ending.ofMember(tx, organizationId, userId, 'membership');
      await this.revocations.add(tx, [{ key: holderKey(organizationId, userId), digest: null }]);
      if (!active && !suspended) await this.keys.ofMember(tx, organizationId, userId);
      return;
    }
    await this.ending.ofImpersonation(tx, organizationId, [userId]);
    const digest = await this.issuer.keepPermissions(tx, organizationId, held.roles);
    await this.revocations.add(tx, [{ key: holderKey(organizationId, userId), digest }]);
  }
}
