import { useEffect, type ReactNode } from 'react';
import { useText } from '../app/i18n/i18n';
import styles from './page.module.css';

interface PageProps {
  title: string;
  lead?: ReactNode;
  /** Above the title: the way back. */
  above?: ReactNode;
  /** Beside the title. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A screen: its heading takes the focus when one arrives (see RouteFocus), its title names the tab. */
export function Page({ title, lead, above, aside, children }: PageProps) {
  const { t } = useText();
  useEffect(() => {
    document.title = t('common.page', { title });
  }, [t, title]);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        {above}
        <div className={styles.title}>
          <h1 tabIndex={-1}>{title}</h1>
          {aside}
        </div>
        {lead && <div className={styles.lead}>{lead}</div>}
      </header>
      {children}
    </div>
  );
}
