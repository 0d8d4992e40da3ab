import { Injectable } from '@nestjs/common';
import { sessionStarted } from '@orion/contracts';
import { Database } from '@orion/database';
import { Log } from '@orion/logger';
import { Outbox } from '@orion/messaging';
import { BusinessRuleException } from '@orion/problem';
import { actingAs } from '../acting-user.setting';
import { CredentialRepository } from '../accounts/credential.repository';
import type { FactorDemand } from '../factors/sign-in-policy.repository';
import type { Membership, PrismaClient } from '../generated/prisma/client';
import { AccountMails } from '../mail-links/account-mails.provider';
import { MembershipRepository } from '../roles/membership.repository';
import { AccessTokenIssuer } from './access-token.issuer';
import { deviceOf, isNewDevice } from './device';
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

interface Opened {
  sessionId: string;
  digest: string;
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

  /** For somebody who has shown a second factor, or of whom none is asked. */
  async run(membership: Membership, signIn: SignIn): Promise<Minted> {
    const opened = await this.begin(membership, signIn, () => false);
    if (!('tokens' in opened)) throw new Error('nothing was asked for');
    return opened;
  }

  /** @returns the demand in place of tokens where a second factor has to be shown first */
  runUnlessAsked(membership: Membership, signIn: SignIn): Promise<Minted | FactorDemand> {
    return this.begin(membership, signIn, ({ required, setUp }) => required || setUp);
  }

  private async begin(
    { organizationId, roles }: Membership,
    { userId, ...rest }: SignIn,
    isAsked: (demand: FactorDemand) => boolean,
  ): Promise<Minted | FactorDemand> {
    const refreshToken = this.codec.first(organizationId);
    const session = { organizationId, userId, ...rest };
    const open = async (tx: object, digest: string): Promise<Opened | FactorDemand> => {
      const before = await this.sessions.before(tx, organizationId, userId);
      if (isAsked(before)) return before;
      if (isNewDevice(session.userAgent, before.agents)) await this.warn(tx, session);
      const { sessionId } = this.sessions.open(tx, session, this.codec.hash(refreshToken), before.now);
      await this.outbox.publish(tx, sessionStarted, {
        organizationId,
        subject: sessionId,
        data: { sessionId, userId, organizationId },
        actorId: userId,
      });
      return { sessionId, digest };
    };
    const kept = this.issuer.keptAlready(roles);
    const opened =
      kept === undefined
        ? await this.database.tenant(
            organizationId,
            async (tx) => open(tx, await this.issuer.keepPermissions(tx, organizationId, roles)),
            actingAs(userId),
          )
        : await this.database.statements(organizationId, (tx) => open(tx, kept), actingAs(userId));
    if (!('sessionId' in opened)) return opened;
    const accessToken = await this.issuer.issue({ userId, organizationId, ...opened });
    this.log.info('session_login_succeeded', { userId, organizationId, sessionId: opened.sessionId });
    return { life: rest.life, tokens: tokensOf({ userId, organizationId }, accessToken, refreshToken) };
  }

  private async warn(tx: object, session: NewSession): Promise<void> {
    const { organizationId, userId, userAgent, address } = session;
    const person = await this.credentials.byId(tx, userId);
    const facts = { device: deviceOf(userAgent), address, at: new Date().toISOString() };
    if (person) await this.mails.tell(tx, organizationId, person, { kind: 'new-device', facts });
  }

  /** Which membership a sign-in is for, the oldest if none is named. @throws NO_MEMBERSHIP */
  async choose(userId: string, wished: string | undefined): Promise<Membership> {
    const held = await this.memberships.held(userId);
    const chosen =
      wished === undefined ? held[0] : held.find((it) => it.organizationId === wished.toLowerCase());
    if (!chosen) throw new BusinessRuleException('NO_MEMBERSHIP');
    return chosen;
  }
}
