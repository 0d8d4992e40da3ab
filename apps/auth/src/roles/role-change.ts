import type { Permission } from '@orion/contracts';
import { grantedBy, normalPermissions, type RoleRecord } from './role';

const MANAGE: Permission = 'role.manage';

/** Permissions that stand in one list and not in the other, sorted. */
export const changedPermissions = (before: readonly string[], after: readonly string[]): Permission[] =>
  normalPermissions([
    ...after.filter((it) => !before.includes(it)),
    ...before.filter((it) => !after.includes(it)),
  ]);

/** Those of `changed` that somebody may neither give nor take, because they lack them. */
export const beyond = (held: ReadonlySet<string>, changed: readonly Permission[]): Permission[] =>
  changed.filter((it) => !held.has(it));

/**
 * Whether somebody who holds `roles` would take the management of roles from themselves by giving one of them
 * `permissions` instead.
 */
export function locksOut(
  roles: readonly RoleRecord[],
  roleId: string,
  permissions: readonly Permission[],
): boolean {
  const after = roles.map((role) => (role.id === roleId ? { ...role, permissions } : role));
  return grantedBy(roles).includes(MANAGE) && !grantedBy(after).includes(MANAGE);
}
