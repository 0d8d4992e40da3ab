import { permissionsOf } from '@orion/contracts';

const ADMIN = 'admin';

/** Roles without repetition, in a stable order, so that equal sets compare equal. */
export const normalRoles = (roles: readonly string[]): string[] => [...new Set(roles)].sort();

export const sameRoles = (a: readonly string[], b: readonly string[]): boolean =>
  normalRoles(a).join() === normalRoles(b).join();

/**
 * Whether somebody who holds `permissions` may move a member from one set of roles to another: nobody grants what
 * they lack, and nobody takes from others what they lack themselves.
 */
export function mayChangeRoles(
  permissions: ReadonlySet<string>,
  from: readonly string[],
  to: readonly string[],
  grantedBy: (roles: readonly string[]) => readonly string[] = permissionsOf,
): boolean {
  const changed = [...to.filter((it) => !from.includes(it)), ...from.filter((it) => !to.includes(it))];
  return grantedBy(changed).every((it) => permissions.has(it));
}

export const isAdmin = (roles: readonly string[]): boolean => roles.includes(ADMIN);

/** Whether the step would leave the organization without anybody who administers it. */
export const losesLastAdmin = (
  from: readonly string[],
  to: readonly string[],
  otherAdmins: number,
): boolean => isAdmin(from) && !isAdmin(to) && otherAdmins === 0;
