import { z } from 'zod';

export const SignInSearch = z.object({ returnTo: z.string().optional().catch(undefined) });

/** Where to go after sign-in: only a path of this app, never another host's address. */
export const safeReturn = (returnTo: string | undefined): string =>
  returnTo && /^\/(?![/\\])/.test(returnTo) && !returnTo.startsWith('/sign-in') ? returnTo : '/';
