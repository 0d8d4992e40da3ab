import { createLazyRoute, Link, useSearch } from '@tanstack/react-router';
import { useText } from '../app/i18n/i18n';
import { EntryFrame } from './entry-frame';
import { SignInForm } from './sign-in-form';

export const Route = createLazyRoute('/sign-in')({ component: SignInScreen });

function SignInScreen() {
  const { t } = useText();
  const { returnTo } = useSearch({ from: '/sign-in' });
  return (
    <EntryFrame title={t('signIn.title')}>
      <SignInForm />
      <p>
        <Link to="/sign-in/sso" search={{ returnTo }}>
          {t('signIn.ssoLink')}
        </Link>
      </p>
      <p>
        <Link to="/forgot-password">{t('signIn.forgot')}</Link>
      </p>
    </EntryFrame>
  );
}
