import { Module } from '@nestjs/common';
import { MembershipsModule } from '../memberships/memberships.module';
import { RecordsModule } from '../records.module';
import { RolesModule } from '../roles/roles.module';
import { AcceptInvitation } from './accept-invitation.use-case';
import { ChangeInvitation } from './change-invitation.use-case';
import { InvitationMail } from './invitation-mail.service';
import { InvitationController } from './invitation.controller';
import { InvitationRepository } from './invitation.repository';
import { Invite } from './invite.use-case';
import { InvitedController } from './invited.controller';
import { SealingKey } from './sealing-key.provider';

@Module({
  imports: [RecordsModule, RolesModule, MembershipsModule],
  controllers: [InvitationController, InvitedController],
  providers: [InvitationRepository, SealingKey, InvitationMail, Invite, ChangeInvitation, AcceptInvitation],
})
export class InvitationsModule {}
