import { z } from 'zod';
import { endpoint } from '../core/endpoint';
import { page, pageQuery } from '../core/page';
import { IdParams, Nothing, Timestamp } from '../core/primitives';
import { Member } from './user.contract';

export const MemberState = z.enum(['ACTIVE', 'SUSPENDED']);

export const OrganizationMember = Member.extend({
  state: MemberState,
  suspendedAt: Timestamp.nullable(),
  /** What the person is in this organization, in its own words. */
  title: z.string(),
}).meta({ id: 'OrganizationMember' });

export const listUsers = endpoint({
  id: 'users.list',
  service: 'user',
  method: 'GET',
  path: '/users',
  summary: 'Members of the organization, suspended ones too, newest first',
  access: 'member.view',
  input: {
    query: z.strictObject({
      ...pageQuery,
      search: z.string().trim().max(100).optional().meta({ description: 'Part of a name or an e-mail' }),
      state: MemberState.optional(),
    }),
  },
  reply: page(OrganizationMember),
});

export const readUser = endpoint({
  id: 'users.read',
  service: 'user',
  method: 'GET',
  path: '/users/:id',
  summary: 'One member of the organization',
  access: 'member.view',
  input: { params: IdParams },
  reply: OrganizationMember,
  errors: ['NOT_FOUND'],
});

export const changeUser = endpoint({
  id: 'users.change',
  service: 'user',
  method: 'PATCH',
  path: '/users/:id',
  summary: 'Change what the organization says about a member; the name is the person’s own',
  access: 'member.manage',
  input: { params: IdParams, body: z.strictObject({ title: z.string().trim().max(120).optional() }) },
  reply: OrganizationMember,
  errors: ['NOT_FOUND'],
});

export const suspendUser = endpoint({
  id: 'users.suspend',
  service: 'user',
  method: 'POST',
  path: '/users/:id/suspend',
  summary: 'Close the organization to a member, who keeps their roles for later',
  access: 'member.manage',
  input: { params: IdParams },
  reply: OrganizationMember,
  errors: [
    'NOT_FOUND',
    'FORBIDDEN',
    'LAST_ADMIN',
    'OWNER_STAYS',
    'CONCURRENT_UPDATE',
    'UPSTREAM_UNAVAILABLE',
  ],
});

export const resumeUser = endpoint({
  id: 'users.resume',
  service: 'user',
  method: 'POST',
  path: '/users/:id/resume',
  summary: 'Open the organization to a suspended member again',
  access: 'member.manage',
  input: { params: IdParams },
  reply: OrganizationMember,
  errors: ['NOT_FOUND', 'FORBIDDEN', 'CONCURRENT_UPDATE', 'UPSTREAM_UNAVAILABLE'],
});

export const removeUser = endpoint({
  id: 'users.remove',
  service: 'user',
  method: 'DELETE',
  path: '/users/:id',
  summary: 'End a membership',
  access: 'member.manage',
  status: 204,
  input: { params: IdParams },
  reply: Nothing,
  errors: [
    'NOT_FOUND',
    'FORBIDDEN',
    'LAST_ADMIN',
    'OWNER_STAYS',
    'CONCURRENT_UPDATE',
    'UPSTREAM_UNAVAILABLE',
  ],
});
