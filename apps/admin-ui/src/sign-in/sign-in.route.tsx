import { createLazyRoute } from '@tanstack/react-router';
import { useEffect } from 'react';
import { Mark } from '../app/shell/brand';
import { useText } from '../app/i18n/i18n';
import { SignInForm } from './sign-in-form';
import { Stars } from './stars';
import styles from './sign-in.module.css';

export const Route = createLazyRoute('/sign-in')({ component: SignInScreen });

function SignInScreen() {
  const { t } = useText();
  useEffect(() => {
    document.title = t('common.page', { title: t('signIn.title') });
  }, [t]);
  return (
    <main className={styles.screen}>
      <div className={styles.sky}>
        <Stars />
        <Mark size={120} />
        <p className={styles.name}>Orion</p>
        <p className={styles.lead}>{t('signIn.lead')}</p>
      </div>
      <div className={styles.side}>
        <div className={styles.box}>
          <h1 tabIndex={-1}>{t('signIn.title')}</h1>
          <SignInForm />
        </div>
      </div>
    </main>
  );
}
