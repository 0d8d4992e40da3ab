import { UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Connection } from '../../feed/connection';
import { useSession } from '../../session/session-context';
import { DashboardIcon, DeliveriesIcon, MessagesIcon, OrdersIcon, SignOutIcon } from '../../shared/icons';
import { useText } from '../i18n/i18n';
import { Mark } from './brand';
import { SchemeSwitch } from './scheme-switch';
import styles from './sidebar.module.css';
import { useMe } from './use-me';

const PLACES = [
  { to: '/', name: 'dashboard', icon: DashboardIcon },
  { to: '/orders', name: 'orders', icon: OrdersIcon },
  { to: '/messages', name: 'messages', icon: MessagesIcon },
  { to: '/deliveries', name: 'deliveries', icon: DeliveriesIcon },
] as const;

/** Navigation, who one is, and whether the screen is live. */
export function Sidebar({ onNavigate }: { onNavigate?: () => void }) {
  const { t } = useText();
  const session = useSession();
  const { data: me } = useMe();
  return (
    <div className={styles.sidebar}>
      <div className={styles.brand}>
        <Mark size={36} />
        <div>
          <div className={styles.name}>Orion</div>
          <div className={styles.organization}>{me?.organization.name ?? ' '}</div>
        </div>
      </div>
      <nav aria-label={t('common.nav.label')} className={styles.places}>
        {PLACES.map(({ to, name, icon: Icon }) => (
          <Link
            key={to}
            to={to}
            className={styles.item}
            activeOptions={{ exact: to === '/' }}
            onClick={onNavigate}
          >
            <Icon />
            {t(`common.nav.${name}`)}
          </Link>
        ))}
      </nav>
      <div className={styles.foot}>
        <Connection />
        <SchemeSwitch />
        <UnstyledButton className={styles.item} onClick={() => void session.signOut()}>
          <SignOutIcon />
          {t('common.session.signOut')}
        </UnstyledButton>
        {me && <p className={styles.me}>{t('common.session.signedInAs', { name: me.name })}</p>}
      </div>
    </div>
  );
}
