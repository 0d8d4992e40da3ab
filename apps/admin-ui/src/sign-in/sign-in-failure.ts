import { ApiProblem } from '@orion/client';
import { type Translate } from '../app/i18n/i18n';
import { NoPasskeyUsed } from './passkey';
import { hasCode, problemText, type ProblemText } from '../shared/problem';

/** The provider sent the person back without a sign-in, or to a tab that began none. */
export class NotSignedOn extends Error {}

/** Why nobody is signed in; the same words for an unknown address and a wrong password. */
export function signInFailure(error: unknown, t: Translate): ProblemText {
  if (hasCode(error, 'BAD_CREDENTIALS', 'VALIDATION_FAILED')) {
    return { title: t('signIn.badCredentials'), next: t('signIn.badCredentialsNext') };
  }
  if (hasCode(error, 'CODE_WRONG')) return { title: t('signIn.codeWrong'), next: t('signIn.codeWrongNext') };
  if (hasCode(error, 'CHALLENGE_INVALID'))
    return { title: t('signIn.codeLate'), next: t('signIn.codeLateNext') };
  if (hasCode(error, 'NO_MEMBERSHIP'))
    return { title: t('signIn.noMembership'), next: t('signIn.noMembershipNext') };
  if (hasCode(error, 'NO_SINGLE_SIGN_ON'))
    return { title: t('signIn.noProvider'), next: t('signIn.noProviderNext') };
  if (error instanceof NotSignedOn)
    return { title: t('signIn.notSignedOn'), next: t('signIn.notSignedOnNext') };
  if (hasCode(error, 'PASSKEY_REFUSED'))
    return { title: t('signIn.passkeyRefused'), next: t('signIn.passkeyRefusedNext') };
  if (hasCode(error, 'PASSKEY_REQUIRED'))
    return { title: t('signIn.passkeyNeeded'), next: t('signIn.passkeyNeededNext') };
  if (error instanceof NoPasskeyUsed)
    return { title: t('signIn.passkeyUnused'), next: t('signIn.passkeyUnusedNext') };
  const { title, next } = problemText(error, t);
  return { title: t('signIn.failed'), next: `${title}. ${next}` };
}

/** What a sign-in that needs a second step asks for; null for any other failure. */
export function codeAsked(error: unknown): { challenge: string; setUp: boolean } | null {
  if (!(error instanceof ApiProblem) || error.code !== 'SECOND_FACTOR_REQUIRED') return null;
  const { challenge, setUp } = error.problem as { challenge?: unknown; setUp?: unknown };
  return { challenge: String(challenge), setUp: setUp === true };
}
