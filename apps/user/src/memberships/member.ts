import type { Member } from '@orion/contracts';
import type { z } from 'zod';

interface Row {
  userId: string;
  roles: string[];
  joinedAt: Date;
  person: { email: string; name: string };
}

export const toMember = ({ userId, roles, joinedAt, person }: Row): z.input<typeof Member> => ({
  userId,
  email: person.email,
  name: person.name,
  roles,
  joinedAt: joinedAt.toISOString(),
});
