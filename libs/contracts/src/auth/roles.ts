import { ALL_PERMISSIONS, type Permission } from '../core/permissions';

export interface SeededRole {
  id: string;
  name: string;
  permissions: readonly Permission[];
}

const VIEWER: Permission[] = ['team.view', 'agent.view'];
const OPERATOR: Permission[] = [
  ...VIEWER,
  'agent.use',
  'task.create',
  'organization.view',
  'member.view',
  'role.view',
  'settings.view',
  'customer.view',
  'customer.manage',
  'provider.view',
  'service-order.view',
  'service-order.create',
  'service-order.manage',
  'booking.view',
  'booking.manage',
  'assignment.view',
  'assignment.create',
  'notification.view',
  'activity.view',
  'api-key.create',
];

/** What roles of an organization may grant: everything but what runs the installation. */
export const GRANTABLE_PERMISSIONS: readonly Permission[] = ALL_PERMISSIONS.filter(
  (it) => it !== 'platform.operate',
);

const OF_KEYS: readonly Permission[] = ['api-key.create', 'api-key.manage'];

/** What an API key may be given: none makes or manages keys, or a stolen one could outlive its revocation. */
export const API_KEY_SCOPES: readonly Permission[] = GRANTABLE_PERMISSIONS.filter(
  (it) => !OF_KEYS.includes(it),
);

/**
 * Roles every organization has (spec I4). Provider Manager and Technician see only what is theirs; until
 * the endpoints that narrow to "theirs" exist, they hold nothing that shows anybody else's records.
 */
export const SEEDED_ROLES: readonly SeededRole[] = [
  { id: 'admin', name: 'Admin', permissions: GRANTABLE_PERMISSIONS },
  { id: 'operator', name: 'Operator', permissions: OPERATOR },
  { id: 'member', name: 'Member', permissions: ['team.view', 'agent.use', 'task.create'] },
  { id: 'viewer', name: 'Viewer', permissions: VIEWER },
  { id: 'provider-manager', name: 'Provider Manager', permissions: ['team.view'] },
  { id: 'technician', name: 'Technician', permissions: ['team.view'] },
];

/** Outside organizations; granted by the installation, never by an organization. */
export const PLATFORM_ADMIN: SeededRole = {
  id: 'platform-admin',
  name: 'Platform Admin',
  permissions: ['platform.operate'],
};

export const ROLE_IDS = SEEDED_ROLES.map((role) => role.id);

const BY_ID = new Map(SEEDED_ROLES.map((role) => [role.id, role]));

/** What the given roles grant together, each permission once and sorted; a role nobody knows grants nothing. */
export const permissionsOf = (roleIds: Iterable<string>): Permission[] =>
  [...new Set([...roleIds].flatMap((id) => BY_ID.get(id)?.permissions ?? []))].sort();
