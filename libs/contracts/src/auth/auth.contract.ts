import { z } from 'zod';
import { API_PREFIX, endpoint } from '../core/endpoint';
import { Email, Id, Language, Name, Nothing } from '../core/primitives';

export const Password = z.string().min(12, 'must have at least 12 characters').max(200);

/** Where the refresh token goes: into the reply's body, or into a cookie. */
export const Delivery = z.enum(['body', 'cookie']).default('body');

/** Holds the refresh token of a page, one cookie for each organization it is signed in to. */
export const REFRESH_COOKIE = { name: 'orion_refresh', path: `${API_PREFIX}/auth` } as const;

export const Registration = z.strictObject({
  email: Email,
  password: Password,
  name: Name,
  organizationName: Name,
  termsAccepted: z.literal(true, 'must be accepted'),
  /** Mails are written in it; English if left out. */
  language: Language.optional(),
});

export const Registered = z.object({ userId: Id, organizationId: Id }).meta({ id: 'Registered' });

export const Credentials = z.strictObject({
  email: Email,
  password: z.string().min(1).max(200),
  /** Which of the user's organizations the token is for; the oldest membership if left out. */
  organizationId: Id.optional(),
  /** `cookie`: for pages; the refresh token goes into an HttpOnly cookie and is never shown to a script. */
  delivery: Delivery,
  /** Whether the session outlasts the browser and days unused; left out, it does for `body` and not for `cookie`. */
  remember: z.boolean().optional(),
});

export const Tokens = z
  .object({
    accessToken: z.string(),
    tokenType: z.literal('Bearer'),
    /** Seconds until the access token ends. */
    expiresIn: z.number().int(),
    refreshToken: z.string().meta({ description: 'Empty where it went into a cookie' }),
    userId: Id,
    organizationId: Id,
  })
  .meta({ id: 'Tokens' });

const RefreshToken = z.strictObject({
  /** Left out by pages, which have it in a cookie. */
  refreshToken: z.string().min(1).max(512).optional(),
  /** Which of a page's sessions is meant; the one signed in to last if left out. */
  organizationId: Id.optional(),
});

export const register = endpoint({
  id: 'auth.register',
  service: 'auth',
  method: 'POST',
  path: '/auth/register',
  summary: 'Create an account and its first organization',
  access: 'public',
  status: 201,
  input: { body: Registration },
  reply: Registered,
  errors: ['EMAIL_TAKEN', 'UPSTREAM_UNAVAILABLE', 'BUSY'],
});

export const login = endpoint({
  id: 'auth.login',
  service: 'auth',
  method: 'POST',
  path: '/auth/login',
  summary: 'Sign in with e-mail and password',
  access: 'public',
  input: { body: Credentials },
  reply: Tokens,
  errors: [
    'BAD_CREDENTIALS',
    'SECOND_FACTOR_REQUIRED',
    'PASSKEY_REQUIRED',
    'NO_MEMBERSHIP',
    'BUSY',
    'TOO_MANY_REQUESTS',
    'UPSTREAM_UNAVAILABLE',
  ],
  cookie: REFRESH_COOKIE,
});

export const refresh = endpoint({
  id: 'auth.refresh',
  service: 'auth',
  method: 'POST',
  path: '/auth/refresh',
  summary: 'Exchange a refresh token for new tokens',
  access: 'public',
  input: {
    body: RefreshToken.extend({
      /** `cookie` moves a session whose token is in the body into a cookie; one in a cookie stays there. */
      delivery: Delivery,
    }),
  },
  reply: Tokens,
  errors: ['REFRESH_REJECTED'],
  cookie: REFRESH_COOKIE,
});

export const logout = endpoint({
  id: 'auth.logout',
  service: 'auth',
  method: 'POST',
  path: '/auth/logout',
  summary: 'End the session a refresh token belongs to; of a page that names none, all it has',
  access: 'public',
  status: 204,
  input: { body: RefreshToken },
  reply: Nothing,
  cookie: REFRESH_COOKIE,
});

export const jwks = endpoint({
  id: 'auth.jwks',
  service: 'auth',
  method: 'GET',
  path: '/auth/jwks',
  summary: 'Public keys that verify access tokens (RFC 7517)',
  access: 'public',
  reply: z.object({
    keys: z.array(
      z.object({
        kty: z.literal('RSA'),
        kid: z.string(),
        alg: z.literal('RS256'),
        use: z.literal('sig'),
        n: z.string(),
        e: z.string(),
      }),
    ),
  }),
});
