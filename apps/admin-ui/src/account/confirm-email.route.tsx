import { confirmEmailChange } from '@orion/contracts';
import { createLazyRoute, useLocation } from '@tanstack/react-router';
import { useText } from '../app/i18n/i18n';
import { useApi } from '../shared/api-context';
import { LinkScreen } from './link-screen';
import { linkToken } from './link-token';

export const Route = createLazyRoute('/confirm-email')({ component: ConfirmEmail });

function ConfirmEmail() {
  const { t } = useText();
  const api = useApi();
  const token = linkToken(useLocation().hash);
  return (
    <LinkScreen
      title={t('account.confirm')}
      lead={t('account.confirmLead')}
      action={t('account.confirmDo')}
      work={() =>
        api
          .call(confirmEmailChange, { body: { token } })
          .then(({ changed }) => t(changed ? 'account.confirmDone' : 'account.confirmHalf'))
      }
    />
  );
}
