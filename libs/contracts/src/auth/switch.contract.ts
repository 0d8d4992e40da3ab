import { z } from 'zod';
import { endpoint } from '../core/endpoint';
import { Id } from '../core/primitives';
import { Delivery, REFRESH_COOKIE, Tokens } from './auth.contract';

export const switchOrganization = endpoint({
  id: 'auth.switch',
  service: 'auth',
  method: 'POST',
  path: '/auth/switch',
  summary: 'A session in another organization of the caller; the present one goes on beside it',
  access: 'authenticated',
  personal: true,
  input: {
    body: z.strictObject({
      organizationId: Id,
      /**
       * Of the present session: an access token alone opens no session that outlives it. It is not used up. Left out by
       * pages, which have it in a cookie.
       */
      refreshToken: z.string().min(1).max(512).optional(),
      delivery: Delivery,
    }),
  },
  reply: Tokens,
  errors: [
    'REFRESH_REJECTED',
    'NO_MEMBERSHIP',
    'SECOND_FACTOR_REQUIRED',
    'PASSKEY_REQUIRED',
    'SIGN_IN_AGAIN',
  ],
  cookie: REFRESH_COOKIE,
});
