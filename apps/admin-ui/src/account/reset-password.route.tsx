import { resetPassword } from '@orion/contracts';
import { createLazyRoute, useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { useText } from '../app/i18n/i18n';
import { useApi } from '../shared/api-context';
import { LinkScreen } from './link-screen';
import { linkToken } from './link-token';
import { NewPasswordInput } from './new-password-input';

export const Route = createLazyRoute('/reset-password')({ component: ResetPassword });

function ResetPassword() {
  const { t } = useText();
  const api = useApi();
  const token = linkToken(useLocation().hash);
  const [password, setPassword] = useState('');
  return (
    <LinkScreen
      title={t('account.reset')}
      lead={t('account.resetLead')}
      action={t('account.resetDo')}
      work={() => api.call(resetPassword, { body: { token, password } }).then(() => t('account.resetDone'))}
    >
      <NewPasswordInput label={t('account.newPassword')} value={password} onChange={setPassword} />
    </LinkScreen>
  );
}
