import { type Translate } from '../app/i18n/i18n';
import { hasCode, problemText, type ProblemText } from '../shared/problem';

/** Why nobody is signed in; the same words for an unknown address and a wrong password. */
export function signInFailure(error: unknown, t: Translate): ProblemText {
  if (hasCode(error, 'BAD_CREDENTIALS', 'VALIDATION_FAILED')) {
    return { title: t('signIn.badCredentials'), next: t('signIn.badCredentialsNext') };
  }
  if (hasCode(error, 'NO_MEMBERSHIP'))
    return { title: t('signIn.noMembership'), next: t('signIn.noMembershipNext') };
  const { title, next } = problemText(error, t);
  return { title: t('signIn.failed'), next: `${title}. ${next}` };
}
