import { type ReactNode, useEffect } from 'react';
import { useText } from '../app/i18n/i18n';
import { Mark } from '../app/shell/brand';
import { Stars } from './stars';
import styles from './sign-in.module.css';

/** What every screen before sign-in stands in. */
export function EntryFrame({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useText();
  useEffect(() => {
    document.title = t('common.page', { title });
  }, [t, title]);
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
          <h1 tabIndex={-1}>{title}</h1>
          {children}
        </div>
      </div>
    </main>
  );
}
