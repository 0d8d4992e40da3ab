import type { login, Out } from '@orion/contracts';
import { TOKEN_LIFE_S } from '@orion/security';
import { type Life } from './refresh';

/** What a sign-in or an exchange gives. */
export interface Minted {
  tokens: Out<typeof login>;
  life: Life;
}

export const tokensOf = (
  { userId, organizationId }: { userId: string; organizationId: string },
  accessToken: string,
  refreshToken: string,
  expiresIn: number = TOKEN_LIFE_S,
): Minted['tokens'] => ({
  accessToken,
  tokenType: 'Bearer',
  expiresIn,
  refreshToken,
  userId,
  organizationId,
});
