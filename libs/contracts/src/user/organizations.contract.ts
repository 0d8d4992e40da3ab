import { z } from 'zod';
import { endpoint } from '../core/endpoint';
import { Id, IdParams, Name, Nothing } from '../core/primitives';
import { Organization } from './user.contract';

const Slug = z
  .string()
  .max(48)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'may hold small letters, digits and single dashes');

export const changeOrganization = endpoint({
  id: 'organizations.change',
  service: 'user',
  method: 'PATCH',
  path: '/organizations/:id',
  summary: 'Change name or short name of the organization',
  access: 'organization.manage',
  input: { params: IdParams, body: z.strictObject({ name: Name.optional(), slug: Slug.optional() }) },
  reply: Organization,
  errors: ['NOT_FOUND', 'SLUG_TAKEN'],
});

export const leaveOrganization = endpoint({
  id: 'organizations.leave',
  service: 'user',
  method: 'POST',
  path: '/organizations/:id/leave',
  summary: 'Leave the organization; its owner hands it over before',
  access: 'authenticated',
  personal: true,
  status: 204,
  input: { params: IdParams },
  reply: Nothing,
  errors: ['NOT_FOUND', 'OWNER_STAYS', 'LAST_ADMIN'],
});

export const transferOrganization = endpoint({
  id: 'organizations.transfer',
  service: 'user',
  method: 'POST',
  path: '/organizations/:id/transfer',
  summary: 'Hand the organization over to another of its admins; for its owner',
  access: 'authenticated',
  personal: true,
  input: { params: IdParams, body: z.strictObject({ userId: Id }) },
  reply: Organization,
  errors: ['NOT_FOUND', 'NOT_OWNER', 'NOT_ADMIN'],
});

export const deleteOrganization = endpoint({
  id: 'organizations.delete',
  service: 'user',
  method: 'DELETE',
  path: '/organizations/:id',
  summary: 'Delete the organization: closed to all but its owner, erased after 30 days; for its owner',
  access: 'authenticated',
  personal: true,
  status: 202,
  input: { params: IdParams },
  reply: Organization,
  errors: ['NOT_FOUND', 'NOT_OWNER', 'ORGANIZATION_DELETED'],
});

export const restoreOrganization = endpoint({
  id: 'organizations.restore',
  service: 'user',
  method: 'POST',
  path: '/organizations/:id/restore',
  summary: 'Take back the deletion of the organization; for its owner',
  access: 'authenticated',
  personal: true,
  input: { params: IdParams },
  reply: Organization,
  errors: ['NOT_FOUND', 'NOT_OWNER', 'ORGANIZATION_NOT_DELETED'],
});
