import { z } from 'zod';
import { event } from '../core/event';
import { Email, Id } from '../core/primitives';

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
  }),
});
