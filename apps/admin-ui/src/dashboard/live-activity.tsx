import { Link } from '@tanstack/react-router';
import { useText } from '../app/i18n/i18n';
import { useFeed } from '../feed/feed-context';
import { Empty } from '../shared/empty';
import { Panel } from '../shared/panel';
import { relative } from '../shared/time';
import { useNow } from '../shared/use-now';
import { toneStyle } from '../shared/tone';
import { Waiting } from '../shared/waiting';
import { toneOfActivity } from './activity-tone';
import styles from './live-activity.module.css';

const SHOWN = 50;

/** What happens in the organization, newest first, as it happens. */
export function LiveActivity() {
  const { t, locale } = useText();
  const { items, status } = useFeed();
  const now = useNow(15_000);
  const none = items.length === 0;
  const waiting = none && (status === 'connecting' || status === 'interrupted');
  return (
    <Panel
      title={t('dashboard.feed')}
      aside={<span className={styles.status}>{t(`common.connection.${status}`)}</span>}
    >
      {waiting && <Waiting label={t('common.connection.connectingHint')} />}
      {none && status === 'live' && <Empty title={t('dashboard.feedEmpty')} />}
      {status === 'off' && <Empty title={t('common.connection.offHint')} />}
      <ol className={styles.feed} tabIndex={-1}>
        {items.slice(0, SHOWN).map(({ position, text, at, type, serviceOrderId }) => (
          <li key={position} className={styles.line} style={toneStyle(toneOfActivity(type))}>
            <span className={styles.text}>
              {serviceOrderId ? (
                <Link to="/orders/$orderId" params={{ orderId: serviceOrderId }}>
                  {text}
                </Link>
              ) : (
                text
              )}
            </span>
            <time dateTime={at} className={styles.time}>
              {relative(at, now, locale)}
            </time>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
