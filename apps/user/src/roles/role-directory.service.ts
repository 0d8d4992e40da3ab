import { Injectable } from '@nestjs/common';
import { rolesOfOrganization, SEEDED_ROLES } from '@orion/contracts';
import { Questions } from '@orion/messaging';
import { FieldProblems } from '@orion/problem';
import { Grants } from './grants';

const SEEDED: readonly [string, readonly string[]][] = SEEDED_ROLES.map((it) => [it.id, it.permissions]);

/** What roles grant. Seeded ones are known from the contracts; auth is asked about an organization's own. */
@Injectable()
export class RoleDirectory {
  constructor(private readonly questions: Questions) {}

  /** To be called outside of transactions. @throws UPSTREAM_UNAVAILABLE where auth has to be asked and is away */
  async grants(organizationId: string, ids: readonly string[]): Promise<Grants> {
    const byRole = new Map<string, readonly string[] | null>(SEEDED);
    const own = [...new Set(ids)].filter((id) => !byRole.has(id));
    for (const id of own) byRole.set(id, null);
    if (own.length > 0) {
      const { roles } = await this.questions.ask(rolesOfOrganization, { organizationId, roleIds: own });
      for (const { id, permissions } of roles) byRole.set(id, permissions);
    }
    return new Grants(byRole);
  }

  /** As `grants`, for roles that are to be given. @throws FieldProblems naming those nobody knows */
  async wished(
    organizationId: string,
    field: string,
    ids: readonly string[],
    held: readonly string[] = [],
  ): Promise<Grants> {
    const grants = await this.grants(organizationId, [...ids, ...held]);
    const unknown = grants.unknown(ids);
    if (unknown.length > 0) {
      const reason = 'is no role of this organization';
      throw new FieldProblems(unknown.map((id) => ({ field: `${field}.${ids.indexOf(id)}`, reason })));
    }
    return grants;
  }
}
