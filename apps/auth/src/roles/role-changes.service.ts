import { Injectable } from '@nestjs/common';
import { changeOf, type Permission, roleChanged } from '@orion/contracts';
import { Outbox } from '@orion/messaging';
import { BusinessRuleException } from '@orion/problem';
import type { Principal } from '@orion/security';
import type { Prisma } from '../generated/prisma/client';
import { MembershipRepository } from './membership.repository';
import { grantedBy, isSeeded, type RoleRecord } from './role';
import { beyond } from './role-change';
import { RoleRepository } from './role.repository';

type Tx = Prisma.TransactionClient;

const fieldsOf = ({ name, description, permissions }: RoleRecord) => ({ name, description, permissions });

/** What every change of a role has in common: who may, which role, and that others hear of it. */
@Injectable()
export class RoleChanges {
  constructor(
    private readonly roles: RoleRepository,
    private readonly memberships: MembershipRepository,
    private readonly outbox: Outbox,
  ) {}

  /** The roles the caller holds now; a token can be older than what was taken from its bearer. */
  async heldBy(tx: Tx, { organizationId, userId }: Principal): Promise<RoleRecord[]> {
    const membership = await this.memberships.find(tx, organizationId, userId);
    return membership ? this.roles.some(tx, organizationId, membership.roles) : [];
  }

  /** @throws FORBIDDEN naming what the caller lacks, by the token or by the roles held now */
  async refuseBeyond(tx: Tx, principal: Principal, changed: readonly Permission[]): Promise<void> {
    const now = grantedBy(await this.heldBy(tx, principal));
    const held = new Set(now.filter((it) => principal.permissions.has(it)));
    const lacking = beyond(held, changed);
    if (lacking.length === 0) return;
    const detail = `Nobody gives or takes permissions they lack: ${lacking.join(', ')}`;
    throw new BusinessRuleException('FORBIDDEN', detail, { permissions: lacking });
  }

  /** The organization's own role, locked. @throws NOT_FOUND, ROLE_READ_ONLY */
  async own(tx: Tx, organizationId: string, id: string): Promise<RoleRecord> {
    if (isSeeded(id)) throw new BusinessRuleException('ROLE_READ_ONLY');
    const role = await this.roles.lock(tx, organizationId, id);
    if (!role) throw new BusinessRuleException('NOT_FOUND');
    return role;
  }

  /** @throws ROLE_NAME_TAKEN naming the field */
  async refuseNamesake(tx: Tx, organizationId: string, name: string, exceptId?: string): Promise<void> {
    if (!(await this.roles.isNamed(tx, organizationId, name, exceptId))) return;
    const errors = [{ field: 'body.name', reason: 'is taken by another role' }];
    throw new BusinessRuleException('ROLE_NAME_TAKEN', undefined, { errors });
  }

  /** @param before as it was; null for a new role */
  async tell(
    tx: Tx,
    { organizationId, userId }: Principal,
    role: RoleRecord,
    before: RoleRecord | null,
    active = true,
  ): Promise<void> {
    const { id, name, permissions } = role;
    await this.outbox.publish(tx, roleChanged, {
      organizationId,
      subject: id,
      data: {
        roleId: id,
        organizationId,
        name,
        permissions: [...permissions],
        active,
        changedBy: userId,
        before: before && { name: before.name, permissions: [...before.permissions] },
      },
      change: changeOf(before && fieldsOf(before), active ? fieldsOf(role) : null),
    });
  }
}
