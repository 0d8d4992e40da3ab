import { Module } from '@nestjs/common';
import { ApiKeysModule } from '../api-keys/api-keys.module';
import { RolesModule } from '../roles/roles.module';
import { SessionsModule } from '../sessions/sessions.module';
import { MembershipConsumer } from './membership.consumer';

@Module({
  imports: [ApiKeysModule, RolesModule, SessionsModule],
  providers: [MembershipConsumer],
})
export class MembershipsModule {}
