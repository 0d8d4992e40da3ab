import { z } from 'zod';
import { endpoint } from '../core/endpoint';
import { page, PageQuery } from '../core/page';
import { Email, Id, IdParams, Language, Name, Timestamp } from '../core/primitives';
import { RoleId } from '../auth/roles.contract';

/** Seeded roles, and the organization's own. */
export const RoleIds = z.array(RoleId).min(1).max(10);

export const Organization = z
  .object({
    id: Id,
    name: z.string(),
    slug: z.string(),
    createdAt: Timestamp,
    /** Who alone hands the organization over, deletes and restores it. */
    ownerId: Id.nullable(),
    /** When a deleted organization is erased; null while it is not deleted. */
    eraseAt: Timestamp.nullable(),
  })
  .meta({ id: 'Organization' });

export const Me = z
  .object({
    id: Id,
    email: z.string(),
    name: z.string(),
    language: Language,
    /** The organization of the token, with the roles held there. */
    organization: Organization.extend({ roles: z.array(z.string()) }),
  })
  .meta({ id: 'Me' });

export const Member = z
  .object({
    userId: Id,
    email: z.string(),
    name: z.string(),
    roles: z.array(z.string()),
    joinedAt: Timestamp,
  })
  .meta({ id: 'Member' });

export const readMe = endpoint({
  id: 'users.me',
  service: 'user',
  method: 'GET',
  path: '/users/me',
  summary: 'The signed-in person and the organization of the token',
  access: 'authenticated',
  reply: Me,
  errors: ['NOT_FOUND'],
});

export const changeMe = endpoint({
  id: 'users.change-me',
  service: 'user',
  method: 'PATCH',
  path: '/users/me',
  summary: 'Change own name or language',
  access: 'authenticated',
  personal: true,
  input: { body: z.strictObject({ name: Name.optional(), language: Language.optional() }) },
  reply: Me,
  errors: ['NOT_FOUND'],
});

export const listOrganizations = endpoint({
  id: 'organizations.list',
  service: 'user',
  method: 'GET',
  path: '/organizations',
  summary: 'Organizations the caller is a member of',
  access: 'authenticated',
  personal: true,
  reply: z.object({ items: z.array(Organization.extend({ roles: z.array(z.string()) })) }),
});

export const createOrganization = endpoint({
  id: 'organizations.create',
  service: 'user',
  method: 'POST',
  path: '/organizations',
  summary: 'Create another organization, with the caller as its admin',
  access: 'authenticated',
  personal: true,
  idempotency: 'optional',
  status: 201,
  input: { body: z.strictObject({ name: Name }) },
  reply: Organization,
  errors: ['NOT_FOUND'],
});

export const readOrganization = endpoint({
  id: 'organizations.read',
  service: 'user',
  method: 'GET',
  path: '/organizations/:id',
  summary: 'One organization: the one the token is for',
  access: 'organization.view',
  input: { params: IdParams },
  reply: Organization,
  errors: ['NOT_FOUND'],
});

export const listMembers = endpoint({
  id: 'members.list',
  service: 'user',
  method: 'GET',
  path: '/organizations/:id/members',
  summary: 'Members and the roles they hold',
  access: 'member.view',
  input: { params: IdParams, query: PageQuery },
  reply: page(Member),
  errors: ['NOT_FOUND'],
});

export const addMember = endpoint({
  id: 'members.add',
  service: 'user',
  method: 'POST',
  path: '/organizations/:id/members',
  summary: 'Make a registered person a member',
  access: 'member.manage',
  idempotency: 'optional',
  status: 201,
  input: { params: IdParams, body: z.strictObject({ email: Email, roles: RoleIds }) },
  reply: Member,
  errors: ['NOT_FOUND', 'MEMBER_EXISTS', 'PERSON_UNKNOWN', 'FORBIDDEN', 'UPSTREAM_UNAVAILABLE'],
});

export const changeMemberRoles = endpoint({
  id: 'members.change-roles',
  service: 'user',
  method: 'PUT',
  path: '/users/:id/roles',
  summary: 'Replace the roles a member holds; takes effect with the next token',
  access: 'member.manage',
  input: { params: IdParams, body: z.strictObject({ roles: RoleIds }) },
  reply: Member,
  errors: ['NOT_FOUND', 'LAST_ADMIN', 'FORBIDDEN', 'CONCURRENT_UPDATE', 'UPSTREAM_UNAVAILABLE'],
});

export const assignRole = endpoint({
  id: 'members.assign-role',
  service: 'user',
  method: 'POST',
  path: '/users/:id/roles',
  summary: 'Give a member one more role; nothing happens where they hold it',
  access: 'member.manage',
  input: { params: IdParams, body: z.strictObject({ role: RoleId }) },
  reply: Member,
  errors: ['NOT_FOUND', 'FORBIDDEN', 'CONCURRENT_UPDATE', 'UPSTREAM_UNAVAILABLE'],
});

export const revokeRole = endpoint({
  id: 'members.revoke-role',
  service: 'user',
  method: 'POST',
  path: '/users/:id/roles/revoke',
  summary: 'Take one role from a member; the last one stays, remove the member instead',
  access: 'member.manage',
  input: { params: IdParams, body: z.strictObject({ role: RoleId }) },
  reply: Member,
  errors: ['NOT_FOUND', 'LAST_ADMIN', 'LAST_ROLE', 'FORBIDDEN', 'CONCURRENT_UPDATE', 'UPSTREAM_UNAVAILABLE'],
});
