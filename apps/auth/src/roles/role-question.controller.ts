import { Controller } from '@nestjs/common';
import { rolesOfOrganization } from '@orion/contracts';
import { Database } from '@orion/database';
import { Answers } from '@orion/messaging';
import type { z } from 'zod';
import type { PrismaClient } from '../generated/prisma/client';
import { RoleRepository } from './role.repository';

@Controller()
export class RoleQuestionController {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly roles: RoleRepository,
  ) {}

  @Answers(rolesOfOrganization)
  async answer({
    organizationId,
    roleIds,
  }: z.output<typeof rolesOfOrganization.ask>): Promise<z.input<typeof rolesOfOrganization.answer>> {
    const roles = await this.database.tenant(organizationId, (tx) =>
      this.roles.some(tx, organizationId, roleIds),
    );
    return { roles: roles.map(({ id, name, permissions }) => ({ id, name, permissions: [...permissions] })) };
  }
}
