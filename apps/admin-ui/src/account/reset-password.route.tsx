import { PasswordInput } from '@mantine/core';
import { resetPassword } from '@orion/contracts';
import { createLazyRoute, useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { useText } from '../app/i18n/i18n';
import { useApi } from '../shared/api-context';
import { LinkScreen } from './link-screen';
import { linkToken } from './link-token';

export const Route = createLazyRoute('/reset-password')({ component: ResetPassword });

const SHORTEST = 12;

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
      <PasswordInput
        size="md"
        required
        minLength={SHORTEST}
        label={t('account.newPassword')}
        autoComplete="new-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': t('signIn.show'), tabIndex: 0, 'aria-hidden': false }}
      />
    </LinkScreen>
  );
}
