import type { Member, OrganizationMember } from '@orion/contracts';
import type { z } from 'zod';

interface Row {
  userId: string;
  roles: string[];
  joinedAt: Date;
  person: { email: string; name: string };
}

interface FullRow extends Row {
  active: boolean;
  suspendedAt: Date | null;
  title: string;
}

/** Whether somebody is a member, even if suspended; who is neither active nor suspended has left. */
export const belongs = ({ active, suspendedAt }: Pick<FullRow, 'active' | 'suspendedAt'>): boolean =>
  active || suspendedAt !== null;

export const toMember = ({ userId, roles, joinedAt, person }: Row): z.input<typeof Member> => ({
  userId,
  email: person.email,
  name: person.name,
  roles,
  joinedAt: joinedAt.toISOString(),
});

export const toOrganizationMember = (row: FullRow): z.input<typeof OrganizationMember> => ({
  ...toMember(row),
  state: row.active ? 'ACTIVE' : 'SUSPENDED',
  suspendedAt: row.suspendedAt?.toISOString() ?? null,
  title: row.title,
});
