import { Injectable } from '@nestjs/common';
import { actAs } from '../acting-user.setting';
import type { Organization, Prisma } from '../generated/prisma/client';
import { slugOf, slugWithId } from './slug';

type Tx = Prisma.TransactionClient;
export type NewOrganization = Pick<Organization, 'id' | 'name' | 'createdAt' | 'ownerId'>;
export type HeldOrganization = Organization & { roles: string[] };

@Injectable()
export class OrganizationRepository {
  /** Takes the plain slug of the name, or the slug with the id's end where the plain one is taken. */
  async add(tx: Tx, organization: NewOrganization): Promise<Organization> {
    const slug = slugOf(organization.name);
    const { count } = await tx.organization.createMany({
      data: [{ ...organization, slug }],
      skipDuplicates: true,
    });
    if (count === 1) return { ...organization, slug, eraseAt: null };
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

  /** @param graceDays from now by the database's clock; null: never */
  async eraseAfter(tx: Tx, id: string, graceDays: number | null): Promise<Organization> {
    await tx.$executeRaw`
      UPDATE organization SET erase_at = now() + ${graceDays}::int * interval '1 day' WHERE id = ${id}::uuid`;
    return tx.organization.findUniqueOrThrow({ where: { id } });
  }

  /** One organization that is to be erased now, for the worker; null where none is. */
  async due(tx: Tx): Promise<string | null> {
    const [row] = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM organization WHERE erase_at <= now() ORDER BY erase_at LIMIT 1`;
    return row?.id ?? null;
  }

  async isDue(tx: Tx, id: string): Promise<boolean> {
    const rows = await tx.$queryRaw<object[]>`
      SELECT id FROM organization WHERE id = ${id}::uuid AND erase_at <= now()`;
    return rows.length === 1;
  }

  /** Removes the organization and everything of it that is kept here. */
  async erase(tx: Tx, id: string): Promise<void> {
    await tx.invitation.deleteMany({ where: { organizationId: id } });
    await tx.team.deleteMany({ where: { organizationId: id } });
    await tx.membership.deleteMany({ where: { organizationId: id } });
    await tx.organization.deleteMany({ where: { id } });
  }
}
