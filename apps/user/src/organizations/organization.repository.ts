import { Injectable } from '@nestjs/common';
import { actAs } from '../acting-user.setting';
import type { Organization, Prisma } from '../generated/prisma/client';
import { slugOf, slugWithId } from './slug';

type Tx = Prisma.TransactionClient;
export type HeldOrganization = Organization & { roles: string[] };

@Injectable()
export class OrganizationRepository {
  /** Takes the plain slug of the name, or the slug with the id's end where the plain one is taken. */
  async add(tx: Tx, organization: { id: string; name: string; createdAt: Date }): Promise<Organization> {
    const slug = slugOf(organization.name);
    const { count } = await tx.organization.createMany({
      data: [{ ...organization, slug }],
      skipDuplicates: true,
    });
    if (count === 1) return { ...organization, slug };
    return tx.organization.create({ data: { ...organization, slug: slugWithId(slug, organization.id) } });
  }

  find(tx: Tx, id: string): Promise<Organization | null> {
    return tx.organization.findUnique({ where: { id } });
  }

  /** Every organization the person is a member of, oldest membership first. */
  async ofPerson(tx: Tx, userId: string): Promise<HeldOrganization[]> {
    await actAs(tx, userId);
    const held = await tx.membership.findMany({
      where: { userId, active: true },
      orderBy: [{ joinedAt: 'asc' }, { id: 'asc' }],
      select: { roles: true, organization: true },
    });
    return held.map(({ organization, roles }) => ({ ...organization, roles }));
  }

  /** Lets one change of who administers the organization through at a time, until the transaction ends. */
  async lock(tx: Tx, id: string): Promise<void> {
    await tx.$queryRaw`SELECT id FROM organization WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  }
}
