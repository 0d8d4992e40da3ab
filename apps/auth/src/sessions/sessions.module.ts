import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { AccountsModule } from '../accounts/accounts.module';
import { FactorsModule } from '../factors/factors.module';
import { KeysModule } from '../keys/keys.module';
import { MailLinksModule } from '../mail-links/mail-links.module';
import { RolesModule } from '../roles/roles.module';
import { AccessTokenIssuer } from './access-token.issuer';
import { ChallengeRepository } from './challenge.repository';
import { Impersonate } from './impersonate.use-case';
import { ImpersonationController } from './impersonation.controller';
import { Login } from './login.use-case';
import { Logout } from './logout.use-case';
import { Refresh } from './refresh.use-case';
import { OpenSession } from './open-session.use-case';
import { OwnSessionController } from './own-session.controller';
import { RefreshTokenCodec } from './refresh-token.codec';
import { RevocationController } from './revocation.controller';
import { RevocationRelay } from './revocation-relay.job';
import { RevocationRepository } from './revocation.repository';
import { RoleSessionsConsumer } from './role-sessions.consumer';
import { SessionController } from './session.controller';
import { SecondFactor } from './second-factor.use-case';
import { SessionEnding } from './session-ending.repository';
import { SessionRepository } from './session.repository';
import { SharedPermissions } from './shared-permissions.provider';
import { SwitchOrganization } from './switch-organization.use-case';
import { SwitchController } from './switch.controller';
import { SessionCleaning } from './session-cleaning.job';

@Module({
  imports: [JwtModule.register({}), AccountsModule, FactorsModule, KeysModule, MailLinksModule, RolesModule],
  controllers: [
    SessionController,
    OwnSessionController,
    RevocationController,
    SwitchController,
    ImpersonationController,
  ],
  providers: [
    SessionRepository,
    SessionEnding,
    RevocationRepository,
    RevocationRelay,
    RoleSessionsConsumer,
    OpenSession,
    ChallengeRepository,
    SecondFactor,
    RefreshTokenCodec,
    AccessTokenIssuer,
    Login,
    Refresh,
    Logout,
    SwitchOrganization,
    SharedPermissions,
    Impersonate,
    SessionCleaning,
  ],
  exports: [AccessTokenIssuer, OpenSession, RevocationRepository, SessionEnding],
})
export class SessionsModule {}
