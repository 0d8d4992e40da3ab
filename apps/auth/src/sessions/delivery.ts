import type { Call, CallCookies } from '@orion/security';
import type { Minted } from './minted';
import { type Life, LIVES } from './refresh';

export interface Wish {
  delivery: 'body' | 'cookie';
  remember?: boolean | undefined;
}

/** Where a call comes from, as a session keeps it. */
export const deviceOfCall = ({ userAgent, address }: Pick<Call, 'userAgent' | 'address'>) => ({
  userAgent,
  address,
});

/** Programs keep their session unless they say otherwise; pages only if they are asked to. */
export const lifeOf = ({ delivery, remember }: Wish): Life =>
  (remember ?? delivery === 'body') ? 'LASTING' : 'BRIEF';

/** Moves the refresh token out of the reply into a cookie, which ends with the browser where the life is brief. */
export function intoCookie({ tokens, life }: Minted, cookies: CallCookies): Minted['tokens'] {
  const seconds = life === 'LASTING' ? LIVES[life].idleMs / 1000 : undefined;
  cookies.keep(tokens.organizationId, tokens.refreshToken, seconds);
  return { ...tokens, refreshToken: '' };
}

/** The reply to a sign-in, its refresh token where it was wished; a cookie is for one's own session alone. */
export const deliver = (
  minted: Minted,
  { delivery }: Pick<Wish, 'delivery'>,
  cookies: CallCookies,
): Minted['tokens'] =>
  delivery === 'cookie' && minted.life !== 'IMPERSONATION' ? intoCookie(minted, cookies) : minted.tokens;

/**
 * The refresh tokens a page may mean, the likeliest first.
 * @param held by organization, the oldest sign-in first
 */
export function candidates(
  held: ReadonlyMap<string, string>,
  organizationId: string | undefined,
): [organizationId: string, token: string][] {
  const all = [...held].reverse();
  return organizationId === undefined ? all : all.filter(([key]) => key === organizationId.toLowerCase());
}
