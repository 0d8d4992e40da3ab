import { Controller } from '@nestjs/common';
import { createOrganization, listOrganizations, type Out, readOrganization } from '@orion/contracts';
import { Database } from '@orion/database';
import { BusinessRuleException } from '@orion/problem';
import { type Call } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import type { PrismaClient } from '../generated/prisma/client';
import { CreateOrganization } from './create-organization.use-case';
import { toOrganization } from './organization';
import { OrganizationRepository } from './organization.repository';
import { ownOrganization } from './own-organization';

@Controller()
export class OrganizationController {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly organizations: OrganizationRepository,
    private readonly newOrganization: CreateOrganization,
  ) {}

  @Implements(listOrganizations)
  async list(@TheCall() call: Call<typeof listOrganizations>): Promise<Out<typeof listOrganizations>> {
    const held = await this.database.global((tx) => this.organizations.ofPerson(tx, call.principal.userId));
    return { items: held.map((it) => ({ ...toOrganization(it), roles: it.roles })) };
  }

  @Implements(createOrganization)
  create(@TheCall() call: Call<typeof createOrganization>): Promise<Out<typeof createOrganization>> {
    return this.database.execute(call, (tx) => this.newOrganization.run(tx, call.principal, call.body.name));
  }

  @Implements(readOrganization)
  async read(@TheCall() call: Call<typeof readOrganization>): Promise<Out<typeof readOrganization>> {
    const id = ownOrganization(call.principal, call.params.id);
    const organization = await this.database.tenant(id, (tx) => this.organizations.find(tx, id));
    if (!organization) throw new BusinessRuleException('NOT_FOUND');
    return toOrganization(organization);
  }
}
