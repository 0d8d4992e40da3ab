import { Injectable } from '@nestjs/common';
import type { Prisma, Role } from '../generated/prisma/client';
import { grantedBy, isSeeded, normalPermissions, type RoleRecord, seededRoles } from './role';
import type { Permission } from '@orion/contracts';
import { validate } from 'uuid';

type Tx = Prisma.TransactionClient;

/** The roles of the transaction's organization: the seeded ones and its own. */
@Injectable()
export class RoleRepository {
  async all(tx: Tx, organizationId: string): Promise<RoleRecord[]> {
    const rows = await tx.role.findMany({ where: { organizationId }, orderBy: { nameKey: 'asc' } });
    return [...seededRoles, ...rows.map(toRecord)];
  }

  /** Those of the roles that there are, in no particular order. */
  async some(tx: Tx, organizationId: string, ids: readonly string[]): Promise<RoleRecord[]> {
    const own = ids.filter((id) => !isSeeded(id) && validate(id));
    const rows =
      own.length === 0 ? [] : await tx.role.findMany({ where: { organizationId, id: { in: own } } });
    return [...seededRoles.filter((it) => ids.includes(it.id)), ...rows.map(toRecord)];
  }

  async find(tx: Tx, organizationId: string, id: string): Promise<RoleRecord | null> {
    const [found] = await this.some(tx, organizationId, [id]);
    return found ?? null;
  }

  /** Lets one change of the role through at a time, until the transaction ends. */
  async lock(tx: Tx, organizationId: string, id: string): Promise<RoleRecord | null> {
    await tx.$queryRaw`
      SELECT id FROM role WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid FOR UPDATE`;
    return this.find(tx, organizationId, id);
  }

  /** What roles grant together now. */
  async granted(tx: Tx, organizationId: string, ids: readonly string[]): Promise<Permission[]> {
    return grantedBy(await this.some(tx, organizationId, ids));
  }

  /** Waits for whoever else creates a role of the organization; answers how many of its own it has. */
  async countAlone(tx: Tx, organizationId: string): Promise<number> {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`role ${organizationId}`}, 0))`;
    return tx.role.count({ where: { organizationId } });
  }

  async isNamed(tx: Tx, organizationId: string, name: string, exceptId?: string): Promise<boolean> {
    const seeded = seededRoles.some((it) => it.name.toLowerCase() === name.toLowerCase());
    if (seeded) return true;
    const [found] = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM role WHERE organization_id = ${organizationId}::uuid AND name_key = lower(${name})`;
    return found !== undefined && found.id !== exceptId;
  }

  async add(tx: Tx, organizationId: string, role: RoleRecord): Promise<void> {
    const { id, name, description, permissions } = role;
    await tx.role.createMany({
      data: [{ id, organizationId, name, description, permissions: [...permissions] }],
    });
  }

  async change(tx: Tx, organizationId: string, role: RoleRecord): Promise<void> {
    const { id, name, description, permissions } = role;
    await tx.role.updateMany({
      where: { organizationId, id },
      data: { name, description, permissions: [...permissions], updatedAt: new Date() },
    });
  }

  async remove(tx: Tx, organizationId: string, id: string): Promise<void> {
    await tx.role.deleteMany({ where: { organizationId, id } });
  }
}

const toRecord = ({ id, name, description, permissions }: Role): RoleRecord => ({
  id,
  name,
  description,
  permissions: normalPermissions(permissions),
  custom: true,
});
