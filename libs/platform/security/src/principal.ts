import type { Permission } from '@orion/contracts';

/** Who is calling, as the access token tells. */
export interface Principal {
  userId: string;
  organizationId: string;
  /** Of a sign-in, or of the secret of an API key. */
  sessionId: string;
  permissions: ReadonlySet<Permission>;
  /** Of those permissions; absent where no token told it. */
  digest?: string;
  /** The API key that was presented; where it is the organization's, `userId` is its id as well. */
  apiKeyId?: string;
}
