import { z } from 'zod';
import { endpoint } from '../core/endpoint';
import { ALL_PERMISSIONS } from '../core/permissions';
import { Id, Nothing } from '../core/primitives';
import { GRANTABLE_PERMISSIONS, ROLE_IDS } from './roles';

/** A seeded role by its name, or one of the organization's own by its id. */
export const RoleId = z.union([z.enum(ROLE_IDS), Id]);

const RoleParams = z.strictObject({ id: RoleId });
const RoleName = z.string().trim().min(1).max(80);
const RoleDescription = z.string().trim().max(500);
const Grants = z.array(z.enum(GRANTABLE_PERMISSIONS)).max(200);

export const Role = z
  .object({
    id: z.string(),
    name: z.string(),
    permissions: z.array(z.string()),
    description: z.string(),
    /** The organization's own; the others are the same everywhere and cannot be changed. */
    custom: z.boolean(),
  })
  .meta({ id: 'Role' });

export const listRoles = endpoint({
  id: 'roles.list',
  service: 'auth',
  method: 'GET',
  path: '/roles',
  summary: 'Roles of the organization and what each grants',
  access: 'role.view',
  reply: z.object({ items: z.array(Role) }),
});

export const createRole = endpoint({
  id: 'roles.create',
  service: 'auth',
  method: 'POST',
  path: '/roles',
  summary: 'Create a role of the organization; it grants nothing its creator lacks',
  access: 'role.manage',
  idempotency: 'optional',
  status: 201,
  input: {
    body: z.strictObject({
      name: RoleName,
      description: RoleDescription.default(''),
      permissions: Grants.default([]),
    }),
  },
  reply: Role,
  errors: ['FORBIDDEN', 'ROLE_NAME_TAKEN', 'ROLE_LIMIT'],
});

export const readRole = endpoint({
  id: 'roles.read',
  service: 'auth',
  method: 'GET',
  path: '/roles/:id',
  summary: 'One role and what it grants',
  access: 'role.view',
  input: { params: RoleParams },
  reply: Role,
  errors: ['NOT_FOUND'],
});

export const changeRole = endpoint({
  id: 'roles.change',
  service: 'auth',
  method: 'PATCH',
  path: '/roles/:id',
  summary: 'Rename or describe one of the organization’s own roles',
  access: 'role.manage',
  input: {
    params: RoleParams,
    body: z.strictObject({ name: RoleName.optional(), description: RoleDescription.optional() }),
  },
  reply: Role,
  errors: ['NOT_FOUND', 'ROLE_READ_ONLY', 'ROLE_NAME_TAKEN'],
});

export const setRolePermissions = endpoint({
  id: 'roles.set-permissions',
  service: 'auth',
  method: 'PUT',
  path: '/roles/:id/permissions',
  summary: 'Replace what a role grants; counts from its holders’ next token',
  access: 'role.manage',
  input: { params: RoleParams, body: z.strictObject({ permissions: Grants }) },
  reply: Role,
  errors: ['NOT_FOUND', 'FORBIDDEN', 'ROLE_READ_ONLY', 'SELF_LOCKOUT'],
});

export const deleteRole = endpoint({
  id: 'roles.delete',
  service: 'auth',
  method: 'DELETE',
  path: '/roles/:id',
  summary: 'Delete a role nobody holds; `holders` of the refusal says who still does',
  access: 'role.manage',
  status: 204,
  input: { params: RoleParams },
  reply: Nothing,
  errors: ['NOT_FOUND', 'FORBIDDEN', 'ROLE_READ_ONLY', 'ROLE_HELD'],
});

export const listPermissions = endpoint({
  id: 'permissions.list',
  service: 'auth',
  method: 'GET',
  path: '/permissions',
  summary: 'Every permission, what it allows, and which endpoints ask for it',
  access: 'authenticated',
  keys: true,
  reply: z.object({
    items: z.array(
      z.object({
        permission: z.string(),
        allows: z.string(),
        endpoints: z.array(
          z.object({ id: z.string(), method: z.string(), path: z.string(), summary: z.string() }),
        ),
      }),
    ),
  }),
});

export const checkPermission = endpoint({
  id: 'permissions.check',
  service: 'auth',
  method: 'GET',
  path: '/permissions/check',
  summary: 'Whether the caller holds a permission',
  access: 'authenticated',
  keys: true,
  input: { query: z.strictObject({ permission: z.enum(ALL_PERMISSIONS) }) },
  reply: z.object({ permission: z.string(), granted: z.boolean() }),
});

export const explainPermissions = endpoint({
  id: 'permissions.effective',
  service: 'auth',
  method: 'GET',
  path: '/permissions/effective',
  summary: 'What somebody may do, and which role gives it; about others only with role.view',
  access: 'authenticated',
  input: {
    query: z.strictObject({
      userId: Id.optional().meta({ description: 'A member of the organization; the caller if left out' }),
    }),
  },
  reply: z.object({
    userId: Id,
    roles: z.array(z.object({ id: z.string(), name: z.string(), custom: z.boolean() })),
    permissions: z.array(
      z.object({
        permission: z.string(),
        allows: z.string(),
        /** Ids of the roles that give it. */
        roles: z.array(z.string()),
      }),
    ),
  }),
  errors: ['NOT_FOUND', 'FORBIDDEN'],
});
