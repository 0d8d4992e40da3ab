import { ActionIcon, Drawer } from '@mantine/core';
import { Outlet } from '@tanstack/react-router';
import { Suspense, lazy, useState } from 'react';
import { useFollowFeed } from '../../feed/feed-context';
import { useSessionState } from '../../session/session-context';
import { MenuIcon } from '../../shared/icons';
import { useText } from '../i18n/i18n';
import { ActingBanner } from './acting-banner';
import { Mark } from './brand';
import styles from './shell.module.css';
import { Sidebar } from './sidebar';

const SessionEnded = lazy(() => import('../../sign-in/session-ended'));

/** What stands around every screen of a signed-in person. */
export function Shell() {
  const { t } = useText();
  const session = useSessionState();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  useFollowFeed(session.status === 'signed-in' ? session.organizationId : null);
  return (
    <div className={styles.shell}>
      <a href="#content" className={styles.skip}>
        {t('common.skip')}
      </a>
      <nav className={styles.bar} aria-label={t('common.nav.menu')}>
        <Mark size={30} />
        <span className={styles.name}>Orion</span>
        <ActionIcon
          variant="transparent"
          size={44}
          className={styles.menu}
          aria-label={t('common.nav.menu')}
          aria-haspopup="dialog"
          aria-expanded={open}
          onClick={() => setOpen(true)}
        >
          <MenuIcon size={24} />
        </ActionIcon>
      </nav>
      <Drawer
        opened={open}
        onClose={close}
        size="min(18rem, 88vw)"
        title={t('common.nav.menu')}
        closeButtonProps={{ 'aria-label': t('common.close'), size: 'lg' }}
        classNames={{ content: styles.sky, header: styles.sky, body: styles.drawerBody }}
      >
        <Sidebar onNavigate={close} />
      </Drawer>
      <aside className={styles.side}>
        <Sidebar />
      </aside>
      <main id="content" tabIndex={-1} className={styles.main}>
        {session.status === 'signed-in' && session.acting && <ActingBanner {...session.acting} />}
        <Outlet />
      </main>
      {session.status === 'ended' && (
        <Suspense>
          <SessionEnded />
        </Suspense>
      )}
    </div>
  );
}
