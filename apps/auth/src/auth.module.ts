import { type DynamicModule, Module } from '@nestjs/common';
import { CacheModule } from '@orion/cache';
import { DatabaseModule, JobsModule } from '@orion/database';
import { MessagingModule } from '@orion/messaging';
import { SecurityModule } from '@orion/security';
import { AccountChangesModule } from './account-changes/account-changes.module';
import { PersonConsumer } from './account-changes/person.consumer';
import { ResetRequests } from './account-changes/reset-requests.job';
import { AccountsModule } from './accounts/accounts.module';
import { ApiKeyCleaning } from './api-keys/api-key-cleaning.job';
import { ApiKeysModule } from './api-keys/api-keys.module';
import { ThrottledSignIns } from './accounts/throttled-sign-ins.job';
import { AuditConsumer } from './audit/audit.consumer';
import { AuditModule } from './audit/audit.module';
import { AuditTrim } from './audit/audit-trim.job';
import type { AuthConfig } from './auth.config';
import { FactorsModule } from './factors/factors.module';
import { PrismaClient } from './generated/prisma/client';
import { InvitedModule } from './invited/invited.module';
import { KeyRotation } from './keys/key-rotation.job';
import { KeysModule } from './keys/keys.module';
import { OwnKeySource } from './keys/own.key-source';
import { LinkCleaning } from './mail-links/link-cleaning.job';
import { MembershipConsumer } from './memberships/membership.consumer';
import { MembershipsModule } from './memberships/memberships.module';
import { PasskeysModule } from './passkeys/passkeys.module';
import { OrganizationConsumer } from './roles/organization.consumer';
import { PermissionSetRepository } from './roles/permission-set.repository';
import { RolesModule } from './roles/roles.module';
import { RevocationRelay } from './sessions/revocation-relay.job';
import { RevocationRepository } from './sessions/revocation.repository';
import { RoleSessionsConsumer } from './sessions/role-sessions.consumer';
import { SessionCleaning } from './sessions/session-cleaning.job';
import { SessionsModule } from './sessions/sessions.module';
import { SignOnCleaning } from './single-sign-on/sign-on-cleaning.job';
import { SingleSignOnModule } from './single-sign-on/single-sign-on.module';

@Module({})
export class AuthModule {
  static with(config: AuthConfig): DynamicModule {
    return {
      module: AuthModule,
      imports: [
        CacheModule.forService(config),
        DatabaseModule.forService({
          service: 'auth',
          client: PrismaClient,
          url: config.DATABASE_URL,
          workerUrl: config.WORKER_DATABASE_URL,
          pool: config.DATABASE_POOL,
          workerPool: config.WORKER_DATABASE_POOL,
        }),
        MessagingModule.forService({
          service: 'auth',
          url: config.RABBITMQ_URL,
          namespace: config.MESSAGING_NAMESPACE,
          consumers: [
            MembershipConsumer,
            RoleSessionsConsumer,
            OrganizationConsumer,
            PersonConsumer,
            AuditConsumer,
          ],
        }),
        SecurityModule.forService({
          authUrl: config.AUTH_URL,
          permissions: PermissionSetRepository,
          keys: OwnKeySource,
          revocations: RevocationRepository,
          imports: [KeysModule],
        }),
        JobsModule.register([
          KeyRotation,
          RevocationRelay,
          SessionCleaning,
          LinkCleaning,
          ResetRequests,
          ApiKeyCleaning,
          SignOnCleaning,
          AuditTrim,
          ThrottledSignIns,
        ]),
        AccountsModule,
        AuditModule,
        InvitedModule,
        SessionsModule,
        AccountChangesModule,
        FactorsModule,
        PasskeysModule,
        KeysModule,
        RolesModule,
        ApiKeysModule,
        MembershipsModule,
        SingleSignOnModule,
      ],
    };
  }
}
