import { Injectable } from '@nestjs/common';
import { authRecordChanged, changeOf } from '@orion/contracts';
import { Outbox, recordFact } from '@orion/messaging';
import { actIn } from '../acting-user.setting';
import type { Prisma } from '../generated/prisma/client';
import { MembershipRepository } from '../roles/membership.repository';

/** What somebody does about their account, for the audit log of their oldest organization. */
@Injectable()
export class AccountRecords {
  constructor(
    private readonly memberships: MembershipRepository,
    private readonly outbox: Outbox,
  ) {}

  /**
   * The transaction is in that organization afterwards.
   * @param action such as `password-changed`
   * @param actorId null where it is not known who did it; the person by default
   */
  async tell(
    tx: Prisma.TransactionClient,
    userId: string,
    action: string,
    actorId: string | null = userId,
  ): Promise<void> {
    const [home] = await this.memberships.ofUser(tx, userId);
    if (!home) return;
    const { organizationId } = home;
    await actIn(tx, organizationId);
    const fact = recordFact(organizationId, { kind: 'account', id: userId, action }, changeOf({}, {}));
    await this.outbox.publishNumbered(tx, authRecordChanged, {
      ...fact,
      ...(actorId === null ? {} : { actorId }),
    });
  }
}
