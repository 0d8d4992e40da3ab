import { TextInput } from '@mantine/core';
import { forgotPassword } from '@orion/contracts';
import { createLazyRoute } from '@tanstack/react-router';
import { useState } from 'react';
import { useText } from '../app/i18n/i18n';
import { useApi } from '../shared/api-context';
import { LinkScreen } from './link-screen';

export const Route = createLazyRoute('/forgot-password')({ component: ForgotPassword });

function ForgotPassword() {
  const { t } = useText();
  const api = useApi();
  const [email, setEmail] = useState('');
  return (
    <LinkScreen
      title={t('account.forgot')}
      lead={t('account.forgotLead')}
      action={t('account.forgotSend')}
      work={() => api.call(forgotPassword, { body: { email } }).then(() => t('account.forgotSent'))}
    >
      <TextInput
        type="email"
        size="md"
        required
        label={t('signIn.email')}
        autoComplete="username"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
    </LinkScreen>
  );
}
