import { type DynamicModule, Module } from '@nestjs/common';
import { CacheModule } from '@orion/cache';
import { DatabaseModule, JobsModule } from '@orion/database';
import { MessagingModule } from '@orion/messaging';
import { SecurityModule } from '@orion/security';
import { PrismaClient } from './generated/prisma/client';
import { InvitationsModule } from './invitations/invitations.module';
import { MembershipsModule } from './memberships/memberships.module';
import { OrganizationErasure } from './organizations/organization-erasure.job';
import { OrganizationsModule } from './organizations/organizations.module';
import { AccountEmailConsumer } from './people/account-email.consumer';
import { PeopleModule } from './people/people.module';
import { TeamsModule } from './teams/teams.module';
import type { UserConfig } from './user.config';

@Module({})
export class UserModule {
  static with(config: UserConfig): DynamicModule {
    return {
      module: UserModule,
      imports: [
        CacheModule.forService(config),
        DatabaseModule.forService({
          service: 'user',
          client: PrismaClient,
          url: config.DATABASE_URL,
          workerUrl: config.WORKER_DATABASE_URL,
          pool: config.DATABASE_POOL,
          workerPool: config.WORKER_DATABASE_POOL,
        }),
        MessagingModule.forService({
          service: 'user',
          url: config.RABBITMQ_URL,
          namespace: config.MESSAGING_NAMESPACE,
          consumers: [AccountEmailConsumer],
        }),
        SecurityModule.forService({ authUrl: config.AUTH_URL }),
        JobsModule.register([OrganizationErasure]),
        PeopleModule,
        OrganizationsModule,
        MembershipsModule,
        TeamsModule,
        InvitationsModule,
      ],
    };
  }
}
