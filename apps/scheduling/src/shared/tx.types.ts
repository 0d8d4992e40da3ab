import type { Prisma } from '../generated/prisma/client';

/** A transaction on this service's database. */
export type Tx = Prisma.TransactionClient;

/** Who acts, and for which organization. */
export interface Actor {
  readonly organizationId: string;
  readonly userId: string;
}
