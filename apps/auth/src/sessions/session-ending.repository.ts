import { Injectable } from '@nestjs/common';
import { changeOf, sessionEnded } from '@orion/contracts';
import { Outbox } from '@orion/messaging';
import { endedSessionKey } from '@orion/security';
import { actAs, actIn } from '../acting-user.setting';
import type { Prisma } from '../generated/prisma/client';
import { RevocationRepository } from './revocation.repository';

type Tx = Prisma.TransactionClient;

export type EndReason = 'logout' | 'reused' | 'membership' | 'revoked' | 'password' | 'email' | 'policy';

interface Ended {
  id: string;
  userId: string;
}

/** Ends sessions: their refresh tokens at once, their access tokens as soon as every service has heard of it. */
@Injectable()
export class SessionEnding {
  constructor(
    private readonly revocations: RevocationRepository,
    private readonly outbox: Outbox,
  ) {}

  /** In the organization of the transaction. @returns how many had not ended before */
  async end(tx: Tx, organizationId: string, ids: readonly string[], reason: EndReason): Promise<number> {
    const ended = await tx.$queryRaw<Ended[]>`
      UPDATE session SET ended_at = clock_timestamp(), end_reason = ${reason}
       WHERE organization_id = ${organizationId}::uuid AND id = ANY (${[...ids]}::uuid[]) AND ended_at IS NULL
      RETURNING id, user_id AS "userId"`;
    await this.revocations.add(
      tx,
      ended.map(({ id }) => ({ key: endedSessionKey(id), digest: null })),
    );
    for (const { id: sessionId, userId } of ended) {
      await this.outbox.publishNumbered(tx, sessionEnded, {
        organizationId,
        subject: sessionId,
        data: { sessionId, userId, organizationId, reason },
        change: changeOf({ ended: null }, { ended: reason }),
        ...(reason === 'logout' ? { actorId: userId } : {}),
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

  /** Of a person in every organization. @param which all of them if left out */
  async ofUser(
    tx: Tx,
    userId: string,
    reason: EndReason,
    { only, spared }: { only?: string; spared?: string } = {},
  ): Promise<number> {
    await actAs(tx, userId);
    const held = await tx.session.findMany({
      where: { userId, endedAt: null, id: { equals: only, not: spared } },
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
