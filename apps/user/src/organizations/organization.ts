import type { Organization } from '@orion/contracts';
import type { z } from 'zod';

interface Row {
  id: string;
  name: string;
  slug: string;
  createdAt: Date;
  ownerId: string | null;
  eraseAt: Date | null;
}

export const toOrganization = ({
  id,
  name,
  slug,
  createdAt,
  ownerId,
  eraseAt,
}: Row): z.input<typeof Organization> => ({
  id,
  name,
  slug,
  createdAt: createdAt.toISOString(),
  ownerId,
  eraseAt: eraseAt?.toISOString() ?? null,
});
