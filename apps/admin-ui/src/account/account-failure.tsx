import { useText } from '../app/i18n/i18n';
import { Notice } from '../shared/notice';
import { hasCode, problemText } from '../shared/problem';

/** Why something about the account did not work; nothing while nothing failed. */
export function AccountFailure({ failure }: { failure: unknown }) {
  const { t } = useText();
  if (failure === null) return null;
  const invalid = hasCode(failure, 'LINK_INVALID', 'VALIDATION_FAILED');
  const text = invalid
    ? { title: t('account.linkInvalid'), next: t('account.linkInvalidNext') }
    : problemText(failure, t);
  return (
    <Notice tone="bad" role="alert" title={text.title}>
      <p>{text.next}</p>
    </Notice>
  );
}
