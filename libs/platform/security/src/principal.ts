import type { Permission } from '@orion/contracts';

/** Who is calling, as the access token tells. */
export interface Principal {
  userId: string;
  organizationId: string;
  sessionId: string;
  /** Who acts for the user, where somebody does. */
  impersonatorId?: string;
  permissions: ReadonlySet<Permission>;
  /** Of those permissions; absent where no token told it. */
  digest?: string;
}
