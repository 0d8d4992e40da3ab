import { Injectable } from '@nestjs/common';
import { changeOf, sessionEnded } from '@orion/contracts';
import { Outbox } from '@orion/messaging';
import { endedSessionKey } from '@orion/security';
import { actAs, actIn } from '../acting-user.setting';
import type { Prisma } from '../generated/prisma/client';
import { RevocationRepository } from './revocation.repository';

type Tx = Prisma.TransactionClient;

export type EndReason =
  | 'logout'
  | 'reused'
  | 'membership'
  | 'revoked'
  | 'password'
  | 'email'
  | 'policy'
  | 'passkey'
  | 'ended'
  | 'impersonator'
  | 'permissions';

interface Ended {
  id: string;
  userId: string;
  impersonatorId: string | null;
  reason: EndReason;
}

/** Ends sessions: their refresh tokens at once, their access tokens as soon as every service has heard of it. */
@Injectable()
export class SessionEnding {
  constructor(
    private readonly revocations: RevocationRepository,
    private readonly outbox: Outbox,
  ) {}

  /**
   * In the organization of the transaction, together with those in which their users act for somebody else. They are
   * locked before: nobody begins to act for somebody else in a session that is ending.
   * @returns how many had not ended before
   */
  async end(tx: Tx, organizationId: string, ids: readonly string[], reason: EndReason): Promise<number> {
    const own = [...ids];
    await tx.$queryRaw`
      SELECT id FROM session WHERE organization_id = ${organizationId}::uuid AND id = ANY (${own}::uuid[])
       ORDER BY id FOR NO KEY UPDATE`;
    const ended = await tx.$queryRaw<Ended[]>`
      UPDATE session
         SET ended_at = clock_timestamp(),
             end_reason = CASE WHEN id = ANY (${own}::uuid[]) THEN ${reason} ELSE 'impersonator' END
       WHERE organization_id = ${organizationId}::uuid AND ended_at IS NULL
         AND (id = ANY (${own}::uuid[]) OR impersonator_session_id = ANY (${own}::uuid[]))
      RETURNING id, user_id AS "userId", impersonator_id AS "impersonatorId", end_reason AS reason`;
    await this.revocations.add(
      tx,
      ended.map(({ id }) => ({ key: endedSessionKey(id), digest: null })),
    );
    for (const { id: sessionId, userId, impersonatorId, reason: why } of ended) {
      await this.outbox.publishNumbered(tx, sessionEnded, {
        organizationId,
        subject: sessionId,
        data: { sessionId, userId, organizationId, reason: why },
        change: changeOf({ ended: null }, { ended: why }),
        ...(why === 'logout' ? { actorId: impersonatorId ?? userId } : {}),
      });
    }
    return ended.length;
  }

  /** Of a member, in the organization of the transaction. */
  async ofMember(tx: Tx, organizationId: string, userId: string, reason: EndReason): Promise<number> {
    const held = await tx.session.findMany({
      where: { userId, organizationId, endedAt: null },
      select: { id: true },
      orderBy: { id: 'asc' },
    });
    return this.end(tx, organizationId, idsOf(held), reason);
  }

  /**
   * Those in which one of them acts for somebody else, or somebody acts for one of them: what either may do has changed. In
   * the organization of the transaction.
   */
  async ofImpersonation(tx: Tx, organizationId: string, userIds: readonly string[]): Promise<number> {
    const some = [...userIds];
    const held = await tx.session.findMany({
      where: {
        organizationId,
        endedAt: null,
        impersonatorId: { not: null },
        OR: [{ userId: { in: some } }, { impersonatorId: { in: some } }],
      },
      select: { id: true },
      orderBy: { id: 'asc' },
    });
    return held.length === 0 ? 0 : this.end(tx, organizationId, idsOf(held), 'permissions');
  }

  /** Of a person in every organization. @param which all of them if left out */
  async ofUser(
    tx: Tx,
    userId: string,
    reason: EndReason,
    { only, spared, passkeyId }: { only?: string; spared?: string; passkeyId?: string } = {},
  ): Promise<number> {
    await actAs(tx, userId);
    const held = await tx.session.findMany({
      where: { userId, endedAt: null, id: { equals: only, not: spared }, passkeyId },
      select: { id: true, organizationId: true },
      orderBy: [{ organizationId: 'asc' }, { id: 'asc' }],
    });
    let ended = 0;
    for (const [organizationId, sessions] of Map.groupBy(held, (it) => it.organizationId)) {
      await actIn(tx, organizationId);
      ended += await this.end(tx, organizationId, idsOf(sessions), reason);
    }
    return ended;
  }
}

const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);
