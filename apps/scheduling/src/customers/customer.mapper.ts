import type { Customer as CustomerReply } from '@orion/contracts';
import type { z } from 'zod';
import type { Customer } from '../generated/prisma/client';
import { addressOf } from '../shared/address';

export const customerReply = (row: Customer): z.input<typeof CustomerReply> => ({
  id: row.id,
  name: row.name,
  email: row.email,
  phone: row.phone,
  language: row.language as z.input<typeof CustomerReply>['language'],
  address: addressOf(row),
  externalId: row.externalId,
  archived: row.archived,
  createdAt: row.createdAt.toISOString(),
  version: row.version,
});
