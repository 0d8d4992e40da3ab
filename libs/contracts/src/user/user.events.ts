import { z } from 'zod';
import { RecordChange } from '../core/change';
import { event } from '../core/event';
import { Email, Id, Language } from '../core/primitives';

export const organizationCreated = event({
  type: 'orion.user.organization.created.v1',
  summary: 'An organization came into being',
  data: z.object({ organizationId: Id, name: z.string(), slug: z.string(), createdBy: Id }),
});

/** Subject: the membership. Carries the whole state, so a later one replaces an earlier one. */
export const membershipChanged = event({
  type: 'orion.user.membership.changed.v1',
  summary: 'A member joined, left, or holds other roles',
  data: z.object({
    membershipId: Id,
    organizationId: Id,
    userId: Id,
    email: Email,
    roles: z.array(z.string()),
    active: z.boolean(),
    joinedAt: z.iso.datetime(),
    /** Not active for now; somebody who is neither has left. */
    suspended: z.boolean().optional(),
  }),
});

/** Subject: the organization. Carries the whole state, so a later one replaces an earlier one. */
export const organizationChanged = event({
  type: 'orion.user.organization.changed.v1',
  summary: 'An organization was renamed, handed over, deleted or restored',
  data: z.object({
    organizationId: Id,
    name: z.string(),
    slug: z.string(),
    ownerId: Id.nullable(),
    /** When it will be erased; null unless it is deleted. */
    eraseAt: z.iso.datetime().nullable(),
    changedBy: Id,
  }),
});

/** Subject: the organization. Whoever keeps rows of it removes them. */
export const organizationErased = event({
  type: 'orion.user.organization.erased.v1',
  summary: 'The time to restore a deleted organization is over: its data are removed everywhere',
  data: z.object({ organizationId: Id }),
});

/** Subject: the team. Carries the whole state, so a later one replaces an earlier one. */
export const teamChanged = event({
  type: 'orion.user.team.changed.v1',
  summary: 'A team was created, changed or deleted, or other people belong to it',
  data: z.object({
    teamId: Id,
    name: z.string(),
    /** Members who belong to it. */
    userIds: z.array(Id),
    /** False once it is deleted. */
    active: z.boolean(),
    changedBy: Id,
  }),
});

/**
 * Subject: the invitation. The link's token is sealed for notification alone: whoever else reads the event, in a
 * queue, a dead letter or a feed, cannot accept the invitation.
 */
export const invitationSent = event({
  type: 'orion.user.invitation.sent.v1',
  summary: 'Somebody was invited to the organization',
  data: z.object({
    invitationId: Id,
    email: Email,
    roles: z.array(z.string()),
    organizationName: z.string(),
    invitedBy: Id,
    inviterName: z.string(),
    language: Language,
    expiresAt: z.iso.datetime(),
    sealedToken: z.string(),
  }),
});

export const personChanged = event({
  type: 'orion.user.person.changed.v1',
  summary: 'Somebody changed their name or language',
  personal: true,
  data: z.object({ userId: Id, name: z.string(), language: Language }),
});

export const userRecordChanged = event({
  type: 'orion.user.record.changed.v1',
  summary: 'Somebody administered a record of user',
  audit: true,
  data: RecordChange,
});
