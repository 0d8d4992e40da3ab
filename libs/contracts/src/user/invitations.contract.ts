import { z } from 'zod';
import { endpoint } from '../core/endpoint';
import { page, pageQuery } from '../core/page';
import { Email, Id, IdParams, Language, Timestamp } from '../core/primitives';
import { OrganizationMember } from './members.contract';
import { Member, RoleIds } from './user.contract';

/** As the link in the mail carries it, behind the #. */
export const InvitationToken = z.string().min(1).max(200);

export const InvitationState = z.enum(['PENDING', 'ACCEPTED', 'REVOKED', 'EXPIRED']);

export const Invitation = z
  .object({
    id: Id,
    email: z.string(),
    roles: z.array(z.string()),
    state: InvitationState,
    language: Language,
    invitedBy: Id,
    createdAt: Timestamp,
    /** When the last mail was asked for, and how many have been. */
    sentAt: Timestamp,
    sentCount: z.number().int(),
    expiresAt: Timestamp,
  })
  .meta({ id: 'Invitation' });

const InvitationWish = z.strictObject({
  email: Email,
  roles: RoleIds,
  language: Language.optional().meta({ description: 'Of the mail; the inviter’s own if left out' }),
});

const REFUSALS = [
  'INVITATION_UNKNOWN',
  'INVITATION_ACCEPTED',
  'INVITATION_EXPIRED',
  'INVITATION_REVOKED',
] as const;

export const listInvitations = endpoint({
  id: 'invitations.list',
  service: 'user',
  method: 'GET',
  path: '/invitations',
  summary: 'Invitations of the organization, newest first',
  access: 'member.view',
  input: { query: z.strictObject({ ...pageQuery, state: InvitationState.optional() }) },
  reply: page(Invitation),
});

export const invite = endpoint({
  id: 'invitations.create',
  service: 'user',
  method: 'POST',
  path: '/invitations',
  summary: 'Invite somebody by e-mail; the link in the mail can be used once, for seven days',
  access: 'member.manage',
  idempotency: 'optional',
  status: 201,
  input: { body: InvitationWish },
  reply: Invitation,
  errors: ['FORBIDDEN', 'MEMBER_EXISTS', 'INVITATION_EXISTS', 'UPSTREAM_UNAVAILABLE'],
});

export const resendInvitation = endpoint({
  id: 'invitations.resend',
  service: 'user',
  method: 'POST',
  path: '/invitations/:id/resend',
  summary: 'Send the mail again with a new link, for seven more days; the old link ends',
  access: 'member.manage',
  input: { params: IdParams },
  reply: Invitation,
  errors: ['NOT_FOUND', 'FORBIDDEN', 'INVITATION_ACCEPTED', 'INVITATION_REVOKED', 'UPSTREAM_UNAVAILABLE'],
});

export const revokeInvitation = endpoint({
  id: 'invitations.revoke',
  service: 'user',
  method: 'POST',
  path: '/invitations/:id/revoke',
  summary: 'Take an invitation back',
  access: 'member.manage',
  input: { params: IdParams },
  reply: Invitation,
  errors: ['NOT_FOUND', 'INVITATION_ACCEPTED'],
});

export const previewInvitation = endpoint({
  id: 'invitations.preview',
  service: 'user',
  method: 'POST',
  path: '/invitations/preview',
  summary: 'What a link invites to, for whoever holds it',
  access: 'public',
  input: { body: z.strictObject({ token: InvitationToken }) },
  reply: z.object({
    organizationName: z.string(),
    email: z.string(),
    language: Language,
    expiresAt: Timestamp,
    /** Whether the address has an account: sign in and accept, or register with the invitation. */
    registered: z.boolean(),
  }),
  errors: [...REFUSALS],
});

export const acceptInvitation = endpoint({
  id: 'invitations.accept',
  service: 'user',
  method: 'POST',
  path: '/invitations/accept',
  summary: 'Become a member; for somebody signed in with the address that was invited',
  access: 'authenticated',
  personal: true,
  input: { body: z.strictObject({ token: InvitationToken }) },
  reply: Member.extend({ organizationId: Id }),
  errors: [
    ...REFUSALS,
    'INVITATION_FOR_ANOTHER',
    'MEMBER_EXISTS',
    'ROLE_UNKNOWN',
    'NOT_FOUND',
    'UPSTREAM_UNAVAILABLE',
  ],
});

export const createUser = endpoint({
  id: 'users.create',
  service: 'user',
  method: 'POST',
  path: '/users',
  summary: 'Add whoever has an account, invite whoever has none; the other part of the reply is null',
  access: 'member.manage',
  idempotency: 'optional',
  status: 201,
  input: { body: InvitationWish },
  reply: z.object({ member: OrganizationMember.nullable(), invitation: Invitation.nullable() }),
  errors: ['FORBIDDEN', 'MEMBER_EXISTS', 'INVITATION_EXISTS', 'UPSTREAM_UNAVAILABLE'],
});
