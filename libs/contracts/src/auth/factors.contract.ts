import { z } from 'zod';
import { endpoint } from '../core/endpoint';
import { Nothing } from '../core/primitives';
import { Delivery, REFRESH_COOKIE, Tokens } from './auth.contract';

export const AuthenticatorCode = z
  .string()
  .regex(/^\d{6}$/, 'must be the six digits your authenticator shows');
const RecoveryCode = z.string().trim().min(1).max(40);
const Challenge = z.string().min(1).max(200);
const OwnPassword = z.string().min(1).max(200);
const RecoveryCodes = z.object({
  recoveryCodes: z
    .array(z.string())
    .meta({ description: 'Shown once; each signs in once without the authenticator' }),
});

const Enrolment = z
  .object({
    /** Base32, to be typed in. */
    secret: z.string(),
    /** `otpauth://` address, to be shown as a QR code. */
    uri: z.string(),
  })
  .meta({ id: 'AuthenticatorEnrolment' });

const SignInPolicy = z.object({ secondFactorRequired: z.boolean() }).meta({ id: 'SignInPolicy' });

export const readFactors = endpoint({
  id: 'auth.factors',
  service: 'auth',
  method: 'GET',
  path: '/auth/factors',
  summary: 'Which second factors the caller has',
  access: 'authenticated',
  personal: true,
  reply: z.object({
    authenticator: z.boolean(),
    recoveryCodesLeft: z.number().int(),
    passkeys: z.number().int(),
  }),
});

export const enrolAuthenticator = endpoint({
  id: 'auth.authenticator.enrol',
  service: 'auth',
  method: 'POST',
  path: '/auth/authenticator',
  summary: 'Begin to set up an authenticator (TOTP); it counts once a code was confirmed',
  access: 'authenticated',
  personal: true,
  input: { body: z.strictObject({ password: OwnPassword }) },
  reply: Enrolment,
  errors: ['WRONG_PASSWORD', 'SECOND_FACTOR_EXISTS', 'BUSY', 'TOO_MANY_REQUESTS'],
});

export const confirmAuthenticator = endpoint({
  id: 'auth.authenticator.confirm',
  service: 'auth',
  method: 'POST',
  path: '/auth/authenticator/confirm',
  summary: 'Confirm the authenticator with a code; answers with recovery codes, once',
  access: 'authenticated',
  personal: true,
  input: { body: z.strictObject({ code: AuthenticatorCode }) },
  reply: RecoveryCodes,
  errors: ['CODE_WRONG', 'SECOND_FACTOR_MISSING', 'SECOND_FACTOR_EXISTS', 'TOO_MANY_REQUESTS'],
});

export const removeAuthenticator = endpoint({
  id: 'auth.authenticator.remove',
  service: 'auth',
  method: 'POST',
  path: '/auth/authenticator/remove',
  summary: 'Do without the authenticator from now on; its recovery codes go with it',
  access: 'authenticated',
  personal: true,
  status: 204,
  input: { body: z.strictObject({ password: OwnPassword, code: AuthenticatorCode }) },
  reply: Nothing,
  errors: ['WRONG_PASSWORD', 'CODE_WRONG', 'SECOND_FACTOR_MISSING', 'BUSY', 'TOO_MANY_REQUESTS'],
});

export const renewRecoveryCodes = endpoint({
  id: 'auth.recovery-codes.renew',
  service: 'auth',
  method: 'POST',
  path: '/auth/recovery-codes',
  summary: 'Other recovery codes in place of those before',
  access: 'authenticated',
  personal: true,
  input: { body: z.strictObject({ code: AuthenticatorCode }) },
  reply: RecoveryCodes,
  errors: ['CODE_WRONG', 'SECOND_FACTOR_MISSING', 'TOO_MANY_REQUESTS'],
});

export const loginEnrol = endpoint({
  id: 'auth.login.enrol',
  service: 'auth',
  method: 'POST',
  path: '/auth/login/enrol',
  summary: 'Set up an authenticator while signing in to an organization that asks for one',
  access: 'public',
  input: { body: z.strictObject({ challenge: Challenge }) },
  reply: Enrolment,
  errors: ['CHALLENGE_INVALID', 'SECOND_FACTOR_EXISTS'],
});

export const loginSecondFactor = endpoint({
  id: 'auth.login.second-factor',
  service: 'auth',
  method: 'POST',
  path: '/auth/login/second-factor',
  summary:
    'Finish a sign-in with a code, or with a recovery code; the challenge came with `SECOND_FACTOR_REQUIRED`',
  access: 'public',
  input: {
    body: z
      .strictObject({
        challenge: Challenge,
        code: AuthenticatorCode.optional(),
        recoveryCode: RecoveryCode.optional(),
        delivery: Delivery,
      })
      .refine((it) => (it.code === undefined) !== (it.recoveryCode === undefined), {
        path: ['code'],
        message: 'is needed, or else a recoveryCode',
      }),
  },
  reply: Tokens,
  errors: ['CHALLENGE_INVALID', 'CODE_WRONG', 'NO_MEMBERSHIP', 'TOO_MANY_REQUESTS'],
  cookie: REFRESH_COOKIE,
});

export const readSignInPolicy = endpoint({
  id: 'auth.sign-in-policy',
  service: 'auth',
  method: 'GET',
  path: '/auth/sign-in-policy',
  summary: 'What the organization asks of its members when they sign in',
  access: 'organization.view',
  reply: SignInPolicy,
});

export const changeSignInPolicy = endpoint({
  id: 'auth.sign-in-policy.change',
  service: 'auth',
  method: 'PATCH',
  path: '/auth/sign-in-policy',
  summary: 'Ask members for a second factor, or no longer; whoever asks for one must have one',
  access: 'organization.manage',
  input: { body: z.strictObject({ secondFactorRequired: z.boolean() }) },
  reply: SignInPolicy,
  errors: ['SECOND_FACTOR_MISSING'],
});
