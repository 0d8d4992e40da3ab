import { Module } from '@nestjs/common';
import { MembershipRepository } from './memberships/membership.repository';
import { OrganizationRepository } from './organizations/organization.repository';
import { PersonRepository } from './people/person.repository';

/** The three repositories, which every capability of this service reads. */
@Module({
  providers: [PersonRepository, OrganizationRepository, MembershipRepository],
  exports: [PersonRepository, OrganizationRepository, MembershipRepository],
})
export class RecordsModule {}
