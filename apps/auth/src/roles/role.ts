import { GRANTABLE_PERMISSIONS, type Permission, type Role, SEEDED_ROLES } from '@orion/contracts';
import type { z } from 'zod';

export interface RoleRecord {
  id: string;
  name: string;
  description: string;
  permissions: readonly Permission[];
  custom: boolean;
}

const GRANTABLE = new Set<string>(GRANTABLE_PERMISSIONS);

/** Permissions that exist, each once and sorted; a stored one that was taken from the catalogue grants nothing. */
export const normalPermissions = (permissions: Iterable<string>): Permission[] =>
  [...new Set(permissions)].filter((it): it is Permission => GRANTABLE.has(it)).sort();

export const seededRoles: readonly RoleRecord[] = SEEDED_ROLES.map((role) => ({
  ...role,
  description: '',
  custom: false,
}));

export const isSeeded = (id: string): boolean => SEEDED_ROLES.some((role) => role.id === id);

export const toRole = (role: RoleRecord): z.input<typeof Role> => ({
  ...role,
  permissions: [...role.permissions],
});

/** What the roles grant together, each permission once and sorted. */
export const grantedBy = (roles: readonly RoleRecord[]): Permission[] =>
  normalPermissions(roles.flatMap((role) => role.permissions));
