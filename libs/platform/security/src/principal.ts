import type { Permission } from '@orion/contracts';
import type { RevocableClaims } from './revocation';

/** Who is calling, as the access token tells. */
export interface Principal {
  userId: string;
  organizationId: string;
  /** Of a sign-in, or of the secret of an API key. */
  sessionId: string;
  /** Who acts for the user, where somebody does. */
  impersonatorId?: string;
  permissions: ReadonlySet<Permission>;
  /** Of the token: what decides whether it still counts; absent where there was none. */
  claims?: RevocableClaims;
  /** The API key that was presented; where it is the organization's, `userId` is its id as well. */
  apiKeyId?: string;
}

/** What log lines and events tell of who calls. */
export const contextOf = ({ organizationId, userId, impersonatorId, apiKeyId }: Principal) => ({
  organizationId,
  userId,
  ...(impersonatorId === undefined ? {} : { impersonatorId }),
  ...(apiKeyId === undefined ? {} : { apiKeyId }),
});
