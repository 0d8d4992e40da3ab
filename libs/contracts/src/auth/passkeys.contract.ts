import { z } from 'zod';
import { endpoint } from '../core/endpoint';
import { Id, IdParams, Nothing, Timestamp } from '../core/primitives';
import { Delivery, REFRESH_COOKIE, Tokens } from './auth.contract';
import { AuthenticatorCode } from './factors.contract';

/** What browsers give and take is described in Web Authentication, level 3 (W3C): the JSON forms of its section 5. */
const Bytes = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[\w-]*$/, 'must be base64url');
const CredentialId = Bytes(1_400).min(1);
const Transports = z.array(z.string().max(32)).max(10);
const Extensions = z.record(z.string().max(64), z.unknown());
const Attachment = z.enum(['cross-platform', 'platform']).optional();
const credential = { id: CredentialId, rawId: CredentialId, type: z.literal('public-key') };

const Registered = z.strictObject({
  ...credential,
  response: z.strictObject({
    clientDataJSON: Bytes(4_000),
    attestationObject: Bytes(20_000),
    authenticatorData: Bytes(8_000).optional(),
    transports: Transports.optional(),
    publicKeyAlgorithm: z.number().int().optional(),
    publicKey: Bytes(8_000).optional(),
  }),
  authenticatorAttachment: Attachment,
  clientExtensionResults: Extensions.default({}),
});

const Asserted = z.strictObject({
  ...credential,
  response: z.strictObject({
    clientDataJSON: Bytes(4_000),
    authenticatorData: Bytes(8_000),
    signature: Bytes(4_000),
    userHandle: Bytes(100).optional(),
  }),
  authenticatorAttachment: Attachment,
  clientExtensionResults: Extensions.default({}),
});

/** Whoever found an open screen neither adds nor removes a way to sign in. */
const Confirmation = {
  password: z.string().min(1).max(200),
  code: AuthenticatorCode.optional().meta({ description: 'Needed of who has an authenticator' }),
};
const PasskeyName = z.string().trim().min(1).max(80);

export const Passkey = z
  .object({
    id: Id,
    name: z.string(),
    /** Whether a cloud of its maker keeps a copy. */
    synced: z.boolean(),
    createdAt: Timestamp,
    lastUsedAt: Timestamp.nullable(),
  })
  .meta({ id: 'Passkey' });

const CreationOptions = z
  .object({
    rp: z.object({ id: z.string(), name: z.string() }),
    user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
    challenge: z.string(),
    pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.number().int() })),
    timeout: z.number().int(),
    attestation: z.literal('none'),
    excludeCredentials: z.array(
      z.object({ id: z.string(), type: z.literal('public-key'), transports: z.array(z.string()) }),
    ),
    authenticatorSelection: z.object({
      residentKey: z.literal('required'),
      requireResidentKey: z.boolean(),
      userVerification: z.literal('required'),
    }),
  })
  .meta({ id: 'PasskeyCreationOptions' });

const RequestOptions = z
  .object({
    challenge: z.string(),
    timeout: z.number().int(),
    rpId: z.string(),
    userVerification: z.literal('required'),
  })
  .meta({ id: 'PasskeyRequestOptions' });

export const listPasskeys = endpoint({
  id: 'auth.passkeys.list',
  service: 'auth',
  method: 'GET',
  path: '/auth/passkeys',
  summary: 'Own passkeys, the oldest first',
  access: 'authenticated',
  personal: true,
  reply: z.object({ items: z.array(Passkey) }),
});

export const beginPasskey = endpoint({
  id: 'auth.passkeys.begin',
  service: 'auth',
  method: 'POST',
  path: '/auth/passkeys/options',
  summary: 'What `navigator.credentials.create` needs to make a passkey; good for five minutes and once',
  access: 'authenticated',
  personal: true,
  input: { body: z.strictObject(Confirmation) },
  reply: CreationOptions,
  errors: ['WRONG_PASSWORD', 'CODE_WRONG', 'PASSKEY_LIMIT', 'BUSY', 'TOO_MANY_REQUESTS'],
});

export const addPasskey = endpoint({
  id: 'auth.passkeys.add',
  service: 'auth',
  method: 'POST',
  path: '/auth/passkeys',
  summary: 'Add the passkey the browser made',
  access: 'authenticated',
  personal: true,
  status: 201,
  input: { body: z.strictObject({ name: PasskeyName, credential: Registered }) },
  reply: Passkey,
  errors: ['PASSKEY_INVALID', 'PASSKEY_EXISTS', 'PASSKEY_LIMIT'],
});

export const renamePasskey = endpoint({
  id: 'auth.passkeys.rename',
  service: 'auth',
  method: 'PATCH',
  path: '/auth/passkeys/:id',
  summary: 'Give a passkey another name',
  access: 'authenticated',
  personal: true,
  input: { params: IdParams, body: z.strictObject({ name: PasskeyName }) },
  reply: Passkey,
  errors: ['NOT_FOUND'],
});

export const removePasskey = endpoint({
  id: 'auth.passkeys.remove',
  service: 'auth',
  method: 'POST',
  path: '/auth/passkeys/:id/remove',
  summary: 'Do without a passkey from now on; ends the other sessions that began with it',
  access: 'authenticated',
  personal: true,
  status: 204,
  input: { params: IdParams, body: z.strictObject(Confirmation) },
  reply: Nothing,
  errors: ['NOT_FOUND', 'WRONG_PASSWORD', 'CODE_WRONG', 'BUSY', 'TOO_MANY_REQUESTS'],
});

export const beginPasskeyLogin = endpoint({
  id: 'auth.login.passkey-options',
  service: 'auth',
  method: 'POST',
  path: '/auth/login/passkey/options',
  summary: 'What `navigator.credentials.get` needs to sign somebody in; good for five minutes and once',
  access: 'public',
  reply: RequestOptions,
  errors: ['TOO_MANY_REQUESTS'],
});

export const passkeyLogin = endpoint({
  id: 'auth.login.passkey',
  service: 'auth',
  method: 'POST',
  path: '/auth/login/passkey',
  summary: 'Sign in with a passkey, which counts as both factors; refused alike whatever is wrong with it',
  access: 'public',
  input: {
    body: z.strictObject({
      credential: Asserted,
      /** Which of the user's organizations the token is for; the oldest membership if left out. */
      organizationId: Id.optional(),
      delivery: Delivery,
      /** As of `auth.login`. */
      remember: z.boolean().optional(),
    }),
  },
  reply: Tokens,
  errors: ['PASSKEY_REFUSED', 'NO_MEMBERSHIP', 'TOO_MANY_REQUESTS'],
  cookie: REFRESH_COOKIE,
});
