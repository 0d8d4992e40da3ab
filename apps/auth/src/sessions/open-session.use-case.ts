import { Injectable } from '@nestjs/common';
import { sessionStarted } from '@orion/contracts';
import { Database } from '@orion/database';
import { Log } from '@orion/logger';
import { Outbox } from '@orion/messaging';
import { BusinessRuleException } from '@orion/problem';
import { CredentialRepository } from '../accounts/credential.repository';
import type { Membership, Prisma, PrismaClient } from '../generated/prisma/client';
import { AccountMails } from '../mail-links/account-mails.provider';
import { MembershipRepository } from '../roles/membership.repository';
import { AccessTokenIssuer } from './access-token.issuer';
import { deviceOf } from './device';
import { type Minted, tokensOf } from './minted';
import type { Life } from './refresh';
import { RefreshTokenCodec } from './refresh-token.codec';
import { type Device, type NewSession, SessionRepository } from './session.repository';

export interface SignIn extends Device {
  userId: string;
  life: Life;
  /** Issuer of the organization's provider, where that proved it. */
  vouchedBy?: string;
  /** Where they proved it by a passkey. */
  passkeyId?: string | null;
}

/** Begins a session of somebody who has proved who they are. */
@Injectable()
export class OpenSession {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly memberships: MembershipRepository,
    private readonly sessions: SessionRepository,
    private readonly codec: RefreshTokenCodec,
    private readonly issuer: AccessTokenIssuer,
    private readonly credentials: CredentialRepository,
    private readonly mails: AccountMails,
    private readonly outbox: Outbox,
    private readonly log: Log,
  ) {}

  async run({ organizationId, roles }: Membership, { userId, ...rest }: SignIn): Promise<Minted> {
    const refreshToken = this.codec.first(organizationId);
    const session = { organizationId, userId, ...rest };
    const { sessionId, digest } = await this.database.tenant(organizationId, async (tx) => {
      if (await this.isNewDevice(tx, session)) await this.warn(tx, session);
      const { sessionId } = await this.sessions.open(tx, session, this.codec.hash(refreshToken));
      await this.outbox.publish(tx, sessionStarted, {
        organizationId,
        subject: sessionId,
        data: { sessionId, userId, organizationId },
        actorId: userId,
      });
      return { sessionId, digest: await this.issuer.keepPermissions(tx, organizationId, roles) };
    });
    const accessToken = await this.issuer.issue({ userId, organizationId, sessionId, digest });
    this.log.info('session_login_succeeded', { userId, organizationId, sessionId });
    return { life: rest.life, tokens: tokensOf({ userId, organizationId }, accessToken, refreshToken) };
  }

  /** Somebody's first sign-in of all is no news. */
  private async isNewDevice(
    tx: Prisma.TransactionClient,
    { userId, userAgent }: NewSession,
  ): Promise<boolean> {
    const known = await this.sessions.recentAgents(tx, userId);
    return known.length > 0 && !known.some((it) => deviceOf(it) === deviceOf(userAgent));
  }

  private async warn(tx: Prisma.TransactionClient, session: NewSession): Promise<void> {
    const { organizationId, userId, userAgent, address } = session;
    const person = await this.credentials.byId(tx, userId);
    const facts = { device: deviceOf(userAgent), address, at: new Date().toISOString() };
    if (person) await this.mails.ask(tx, organizationId, person, { kind: 'new-device', facts });
  }

  /** Which membership a sign-in is for, the oldest if none is named. @throws NO_MEMBERSHIP */
  async choose(userId: string, wished: string | undefined): Promise<Membership> {
    const held = await this.database.global((tx) => this.memberships.ofUser(tx, userId));
    const chosen =
      wished === undefined ? held[0] : held.find((it) => it.organizationId === wished.toLowerCase());
    if (!chosen) throw new BusinessRuleException('NO_MEMBERSHIP');
    return chosen;
  }
}
