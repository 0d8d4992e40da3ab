import { Injectable } from '@nestjs/common';
import type { createOrganization, Out } from '@orion/contracts';
import { BusinessRuleException } from '@orion/problem';
import type { Principal } from '@orion/security';
import { v7 as uuid } from 'uuid';
import { insideOrganization } from '../acting-user.setting';
import type { Prisma } from '../generated/prisma/client';
import { PersonRepository } from '../people/person.repository';
import { FoundOrganization } from './found-organization.use-case';
import { toOrganization } from './organization';

@Injectable()
export class CreateOrganization {
  constructor(
    private readonly people: PersonRepository,
    private readonly found: FoundOrganization,
  ) {}

  /** The transaction is the caller's; only the new organization's rows are written inside the new one. */
  async run(
    tx: Prisma.TransactionClient,
    principal: Principal,
    name: string,
  ): Promise<Out<typeof createOrganization>> {
    const founder = await this.people.self(tx, principal.userId);
    if (!founder) throw new BusinessRuleException('NOT_FOUND');
    const id = uuid();
    const { organization } = await insideOrganization(tx, id, () =>
      this.found.run(tx, founder, { id, name, now: new Date() }),
    );
    return toOrganization(organization);
  }
}
