import { Injectable } from '@nestjs/common';
import { Language, type Out, type readMe } from '@orion/contracts';
import { BusinessRuleException } from '@orion/problem';
import type { Principal } from '@orion/security';
import type { Prisma } from '../generated/prisma/client';
import { toOrganization } from '../organizations/organization';
import { PersonRepository } from './person.repository';

@Injectable()
export class ReadMe {
  constructor(private readonly people: PersonRepository) {}

  /** @throws NOT_FOUND for somebody who is no member of the token's organization any more */
  async run(
    tx: Prisma.TransactionClient,
    { userId, organizationId }: Pick<Principal, 'userId' | 'organizationId'>,
  ): Promise<Out<typeof readMe>> {
    const person = await this.people.self(tx, userId);
    const membership = await tx.membership.findUnique({
      where: { organizationId_userId: { organizationId, userId } },
      include: { organization: true },
    });
    if (!person || !membership?.active) throw new BusinessRuleException('NOT_FOUND');
    return {
      id: person.id,
      email: person.email,
      name: person.name,
      language: Language.parse(person.language),
      organization: { ...toOrganization(membership.organization), roles: membership.roles },
    };
  }
}
