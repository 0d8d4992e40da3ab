import type { Organization } from '@orion/contracts';
import type { z } from 'zod';

interface Row {
  id: string;
  name: string;
  slug: string;
  createdAt: Date;
}

export const toOrganization = ({ id, name, slug, createdAt }: Row): z.input<typeof Organization> => ({
  id,
  name,
  slug,
  createdAt: createdAt.toISOString(),
});
