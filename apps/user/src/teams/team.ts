import type { Team, TeamMember } from '@orion/contracts';
import type { z } from 'zod';

interface Row {
  id: string;
  name: string;
  description: string;
  createdAt: Date;
  _count: { members: number };
}

interface MemberRow {
  userId: string;
  addedAt: Date;
  membership: { person: { name: string; email: string } };
}

export const toTeam = ({ id, name, description, createdAt, _count }: Row): z.input<typeof Team> => ({
  id,
  name,
  description,
  memberCount: _count.members,
  createdAt: createdAt.toISOString(),
});

export const toTeamMember = ({
  userId,
  addedAt,
  membership: { person },
}: MemberRow): z.input<typeof TeamMember> => ({
  userId,
  name: person.name,
  email: person.email,
  addedAt: addedAt.toISOString(),
});
