import { z } from 'zod';
import { endpoint } from '../core/endpoint';
import { Email, Id, IdParams, Nothing, Timestamp } from '../core/primitives';
import { Delivery, REFRESH_COOKIE, Tokens } from './auth.contract';

/** The page of the web app to which a provider sends people back; the redirect URI to register there. */
export const SIGN_ON_PAGE = '/sign-in/sso';

/** Lower-case ASCII labels with a dot between; names of other scripts in their Punycode form. */
const Domain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(
    /^(?=.*[a-z])[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/,
    'must be a domain such as example.org',
  );

export const SignOnDomain = z
  .object({
    id: Id,
    domain: z.string(),
    /** Where the DNS has to hold the text `record` for the domain to be verified. */
    recordName: z.string(),
    record: z.string(),
    /** Null until the record was found; only then the domain's people sign in by the provider. */
    verifiedAt: Timestamp.nullable(),
  })
  .meta({ id: 'SignOnDomain' });

export const SingleSignOn = z
  .object({
    /** Null until one is set. */
    provider: z
      .object({
        issuer: z.string(),
        clientId: z.string(),
        enabled: z.boolean(),
        createMembers: z.boolean(),
        defaultRole: z.string(),
        updatedAt: Timestamp,
      })
      .nullable(),
    domains: z.array(SignOnDomain),
    /** To be registered at the provider. */
    redirectUri: z.string(),
  })
  .meta({ id: 'SingleSignOn' });

export const readSingleSignOn = endpoint({
  id: 'single-sign-on.read',
  service: 'auth',
  method: 'GET',
  path: '/single-sign-on',
  summary: 'How members of the organization sign in by a provider of its own; never its secret',
  access: 'single-sign-on.manage',
  reply: SingleSignOn,
});

export const setSingleSignOn = endpoint({
  id: 'single-sign-on.set',
  service: 'auth',
  method: 'PUT',
  path: '/single-sign-on',
  summary: 'Set the OpenID Connect provider of the organization; it is asked for its metadata first',
  access: 'single-sign-on.manage',
  input: {
    body: z.strictObject({
      issuer: z.url({ protocol: /^https?$/, error: 'must be the address of a provider' }).max(500),
      clientId: z.string().trim().min(1).max(200),
      /** Left out, the one that is set stays, for the same issuer and client. */
      clientSecret: z.string().min(1).max(1_000).optional(),
      enabled: z.boolean().default(true),
      /** Whether somebody of a verified domain who is no member becomes one at their first sign-in. */
      createMembers: z.boolean().default(false),
      /** Id of the role that such a member gets; its setter holds all it grants. */
      defaultRole: z.string().min(1).max(64).default('viewer'),
    }),
  },
  reply: SingleSignOn,
  errors: ['FORBIDDEN', 'PROVIDER_REFUSED', 'CLIENT_SECRET_MISSING', 'ROLE_UNKNOWN'],
});

export const removeSingleSignOn = endpoint({
  id: 'single-sign-on.remove',
  service: 'auth',
  method: 'DELETE',
  path: '/single-sign-on',
  summary: 'Do without the provider; who signed in by it signs in by password, or by a new one',
  access: 'single-sign-on.manage',
  status: 204,
  reply: Nothing,
});

export const addSignOnDomain = endpoint({
  id: 'single-sign-on.domains.add',
  service: 'auth',
  method: 'POST',
  path: '/single-sign-on/domains',
  summary: 'Name a domain of the organization; a record in its DNS has to prove it',
  access: 'single-sign-on.manage',
  status: 201,
  input: { body: z.strictObject({ domain: Domain }) },
  reply: SignOnDomain,
  errors: ['DOMAIN_LIMIT'],
});

export const verifySignOnDomain = endpoint({
  id: 'single-sign-on.domains.verify',
  service: 'auth',
  method: 'POST',
  path: '/single-sign-on/domains/:id/verify',
  summary: 'Look for the record in the DNS of the domain',
  access: 'single-sign-on.manage',
  input: { params: IdParams },
  reply: SignOnDomain,
  errors: ['NOT_FOUND', 'DOMAIN_UNPROVED', 'DOMAIN_TAKEN'],
});

export const removeSignOnDomain = endpoint({
  id: 'single-sign-on.domains.remove',
  service: 'auth',
  method: 'DELETE',
  path: '/single-sign-on/domains/:id',
  summary: 'Give a domain up; its people sign in by the provider no more',
  access: 'single-sign-on.manage',
  status: 204,
  input: { params: IdParams },
  reply: Nothing,
  errors: ['NOT_FOUND'],
});

export const startSignOn = endpoint({
  id: 'auth.sso-start',
  service: 'auth',
  method: 'POST',
  path: '/auth/sso/start',
  summary: 'Where somebody of this e-mail signs in by their organization’s provider',
  access: 'public',
  input: { body: z.strictObject({ email: Email }) },
  reply: z
    .object({
      /** Of the provider; to be opened in the browser. */
      authorizationUrl: z.string(),
      /** Proves to `sso/complete` that it is the same browser; to be kept in the page, never in an address. */
      attempt: z.string(),
    })
    .meta({ id: 'SignOnAttempt' }),
  errors: ['NO_SINGLE_SIGN_ON', 'UPSTREAM_UNAVAILABLE'],
});

export const completeSignOn = endpoint({
  id: 'auth.sso-complete',
  service: 'auth',
  method: 'POST',
  path: '/auth/sso/complete',
  summary: 'Sign in with what the provider sent the browser back with; each attempt counts once',
  access: 'public',
  input: {
    body: z.strictObject({
      attempt: z.string().min(1).max(200),
      state: z.string().min(1).max(200),
      code: z.string().min(1).max(2_000),
      /** Of RFC 9207, where the provider sends it. */
      iss: z.string().max(500).optional(),
      delivery: Delivery,
      remember: z.boolean().optional(),
    }),
  },
  reply: Tokens,
  errors: ['SIGN_ON_FAILED', 'NO_MEMBERSHIP', 'BUSY', 'UPSTREAM_UNAVAILABLE'],
  cookie: REFRESH_COOKIE,
});
