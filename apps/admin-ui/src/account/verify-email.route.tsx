import { verifyEmail } from '@orion/contracts';
import { createLazyRoute, useLocation } from '@tanstack/react-router';
import { useText } from '../app/i18n/i18n';
import { useApi } from '../shared/api-context';
import { LinkScreen } from './link-screen';
import { linkToken } from './link-token';

export const Route = createLazyRoute('/verify-email')({ component: VerifyEmail });

function VerifyEmail() {
  const { t } = useText();
  const api = useApi();
  const token = linkToken(useLocation().hash);
  return (
    <LinkScreen
      title={t('account.verify')}
      lead={t('account.verifyLead')}
      action={t('account.verifyDo')}
      work={() => api.call(verifyEmail, { body: { token } }).then(() => t('account.verifyDone'))}
    />
  );
}
