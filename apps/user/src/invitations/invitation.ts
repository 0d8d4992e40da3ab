import { type ErrorCode, type Invitation, type InvitationState, Language } from '@orion/contracts';
import type { z } from 'zod';

export interface InvitationRow {
  id: string;
  email: string;
  roles: string[];
  language: string;
  invitedBy: string;
  createdAt: Date;
  sentAt: Date;
  sentCount: number;
  expiresAt: Date;
  acceptedAt: Date | null;
  acceptedBy: string | null;
  revokedAt: Date | null;
  /** By the database's clock. */
  expired: boolean;
}

export function stateOf(it: InvitationRow): z.output<typeof InvitationState> {
  if (it.acceptedAt) return 'ACCEPTED';
  if (it.revokedAt) return 'REVOKED';
  return it.expired ? 'EXPIRED' : 'PENDING';
}

/** Why an invitation cannot be accepted any more; undefined where it can. */
export function closedBy(it: InvitationRow): ErrorCode | undefined {
  const state = stateOf(it);
  return state === 'PENDING' ? undefined : `INVITATION_${state}`;
}

export const toInvitation = (it: InvitationRow): z.input<typeof Invitation> => ({
  id: it.id,
  email: it.email,
  roles: it.roles,
  state: stateOf(it),
  language: Language.parse(it.language),
  invitedBy: it.invitedBy,
  createdAt: it.createdAt.toISOString(),
  sentAt: it.sentAt.toISOString(),
  sentCount: it.sentCount,
  expiresAt: it.expiresAt.toISOString(),
});
