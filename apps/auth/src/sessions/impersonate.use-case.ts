import { Injectable } from '@nestjs/common';
import { changeOf, type impersonate, impersonationStarted, type In, type Out } from '@orion/contracts';
import { Database } from '@orion/database';
import { Log } from '@orion/logger';
import { Outbox } from '@orion/messaging';
import { BusinessRuleException } from '@orion/problem';
import type { Principal } from '@orion/security';
import { CredentialRepository } from '../accounts/credential.repository';
import type { Prisma, PrismaClient } from '../generated/prisma/client';
import { MembershipRepository } from '../roles/membership.repository';
import { AccessTokenIssuer } from './access-token.issuer';
import { tokensOf } from './minted';
import { RefreshTokenCodec } from './refresh-token.codec';
import { SessionEnding } from './session-ending.repository';
import { clock, type Device, SessionRepository } from './session.repository';
import { SharedPermissions } from './shared-permissions.provider';

type Tx = Prisma.TransactionClient;
type Wish = In<typeof impersonate>['body'];

/** Begins and ends that a member acts for another one. */
@Injectable()
export class Impersonate {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly memberships: MembershipRepository,
    private readonly credentials: CredentialRepository,
    private readonly sessions: SessionRepository,
    private readonly shared: SharedPermissions,
    private readonly ending: SessionEnding,
    private readonly codec: RefreshTokenCodec,
    private readonly issuer: AccessTokenIssuer,
    private readonly outbox: Outbox,
    private readonly log: Log,
  ) {}

  /** @throws NOT_FOUND for nobody of this organization, IMPERSONATION_REFUSED */
  async run(principal: Principal, wish: Wish, device: Device): Promise<Out<typeof impersonate>> {
    const { organizationId, userId: impersonatorId } = principal;
    const userId = wish.userId.toLowerCase();
    if (userId === impersonatorId)
      throw new BusinessRuleException('IMPERSONATION_REFUSED', 'You are this person');
    const refreshToken = this.codec.first(organizationId);
    const begun = await this.database.tenant(organizationId, (tx) =>
      this.begin(tx, principal, { ...wish, userId }, device, refreshToken),
    );
    const { sessionId, digest, name, email, expiresAt } = begun;
    const accessToken = await this.issuer.issue({
      userId,
      organizationId,
      sessionId,
      digest,
      impersonatorId,
    });
    this.log.info('session_impersonation_started', { sessionId, impersonatedId: userId });
    const tokens = tokensOf({ userId, organizationId }, accessToken, refreshToken);
    return { ...tokens, name, email, expiresAt: expiresAt.toISOString() };
  }

  /** By the token it is done with. @throws NOT_IMPERSONATING */
  async end({ organizationId, sessionId, impersonatorId }: Principal): Promise<void> {
    if (impersonatorId === undefined) throw new BusinessRuleException('NOT_IMPERSONATING');
    await this.database.tenant(organizationId, (tx) =>
      this.ending.end(tx, organizationId, [sessionId], 'ended'),
    );
  }

  private async begin(
    tx: Tx,
    { organizationId, userId: impersonatorId, sessionId: impersonatorSessionId, permissions }: Principal,
    { userId, reason }: Wish,
    device: Device,
    refreshToken: string,
  ) {
    const person = await this.credentials.byId(tx, userId);
    if (!person || !(await this.memberships.find(tx, organizationId, userId)))
      throw new BusinessRuleException('NOT_FOUND');
    const acting = { userId, impersonatorId, impersonatorSessionId };
    const digest = await this.shared.keep(tx, organizationId, acting, permissions);
    if (digest === null) throw new BusinessRuleException('IMPERSONATION_REFUSED');
    const session = { organizationId, ...acting, ...device, life: 'IMPERSONATION' as const };
    const { sessionId, expiresAt } = this.sessions.open(
      tx,
      session,
      this.codec.hash(refreshToken),
      await clock(tx),
    );
    const until = expiresAt.toISOString();
    await this.outbox.publish(tx, impersonationStarted, {
      organizationId,
      subject: sessionId,
      data: { sessionId, organizationId, userId, impersonatorId, reason, expiresAt: until },
      change: changeOf(null, { userId, reason, expiresAt: until }),
    });
    return { sessionId, digest, name: person.name, email: person.email, expiresAt };
  }
}
