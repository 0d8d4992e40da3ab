import { Controller } from '@nestjs/common';
import { listSessions, type Out, revokeOtherSessions, revokeSession } from '@orion/contracts';
import { byId, Database, idPage, pageOf } from '@orion/database';
import { BusinessRuleException } from '@orion/problem';
import { type Call } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import type { PrismaClient } from '../generated/prisma/client';
import { deviceOf } from './device';
import { SessionEnding } from './session-ending.repository';
import { type OwnSession, SessionRepository } from './session.repository';

@Controller()
export class OwnSessionController {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly sessions: SessionRepository,
    private readonly ending: SessionEnding,
  ) {}

  @Implements(listSessions)
  async list(@TheCall() { principal, query }: Call<typeof listSessions>): Promise<Out<typeof listSessions>> {
    const { take, before } = idPage(query);
    const rows = await this.database.global((tx) => this.sessions.ofUser(tx, principal.userId, take, before));
    return pageOf(rows, query, byId, (row) => shown(row, principal.sessionId));
  }

  @Implements(revokeSession)
  async revoke(
    @TheCall() { principal, params }: Call<typeof revokeSession>,
  ): Promise<Out<typeof revokeSession>> {
    const ended = await this.database.global((tx) =>
      this.ending.ofUser(tx, principal.userId, 'revoked', { only: params.id }),
    );
    if (ended === 0) throw new BusinessRuleException('NOT_FOUND');
    return undefined;
  }

  @Implements(revokeOtherSessions)
  async revokeOthers(
    @TheCall() { principal }: Call<typeof revokeOtherSessions>,
  ): Promise<Out<typeof revokeOtherSessions>> {
    const { userId, sessionId } = principal;
    return {
      ended: await this.database.global((tx) =>
        this.ending.ofUser(tx, userId, 'revoked', { spared: sessionId }),
      ),
    };
  }
}

const shown = (
  { rotatedAt, createdAt, expiresAt, ...row }: OwnSession,
  current: string,
): Out<typeof listSessions>['items'][number] => ({
  ...row,
  device: deviceOf(row.userAgent),
  createdAt: createdAt.toISOString(),
  lastUsedAt: rotatedAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
  current: row.id === current,
});
