import { Injectable } from '@nestjs/common';
import { type EventOf, roleChanged } from '@orion/contracts';
import { type EventConsumer } from '@orion/messaging';
import { holderKey } from '@orion/security';
import type { Prisma } from '../generated/prisma/client';
import { MembershipRepository } from '../roles/membership.repository';
import { AccessTokenIssuer } from './access-token.issuer';
import { RevocationRepository } from './revocation.repository';
import { SessionEnding } from './session-ending.repository';

/** Whoever holds a role that grants something else now needs another access token. */
@Injectable()
export class RoleSessionsConsumer implements EventConsumer {
  readonly name = 'auth.role-sessions';
  readonly events = [roleChanged];

  constructor(
    private readonly memberships: MembershipRepository,
    private readonly revocations: RevocationRepository,
    private readonly issuer: AccessTokenIssuer,
    private readonly ending: SessionEnding,
  ) {}

  async handle(tx: Prisma.TransactionClient, event: EventOf<typeof roleChanged>): Promise<void> {
    const { roleId, organizationId } = event.data;
    const holders = await this.memberships.holders(tx, organizationId, roleId);
    await this.ending.ofImpersonation(
      tx,
      organizationId,
      holders.map((it) => it.userId),
    );
    const bySet = Map.groupBy(holders, ({ roles }) => roles.toSorted().join(' ')).values();
    for (const alike of bySet) {
      const digest = await this.issuer.keepPermissions(tx, organizationId, alike[0]?.roles ?? []);
      const revoked = alike.map(({ userId }) => ({ key: holderKey(organizationId, userId), digest }));
      await this.revocations.add(tx, revoked);
    }
  }
}
