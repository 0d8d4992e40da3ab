import { useText } from '../app/i18n/i18n';
import { timeOnly } from '../shared/time';
import { ownZone } from '../shared/use-zones';
import styles from './connection.module.css';
import { useFeed } from './feed-context';

/** Whether the screen is live; says since when it is not. */
export function Connection() {
  const { t, locale } = useText();
  const { status, lostAt } = useFeed();
  const hint =
    status === 'interrupted' && lostAt !== null
      ? t('common.connection.interruptedHint', {
          time: timeOnly(new Date(lostAt).toISOString(), { locale, timeZone: ownZone() }),
        })
      : t(status === 'interrupted' ? 'common.connection.connectingHint' : `common.connection.${status}Hint`);
  return (
    <div role="status" className={styles.connection} data-status={status}>
      <span className={styles.dot} aria-hidden />
      <span>
        <strong>{t(`common.connection.${status}`)}</strong>
        <span className={styles.hint}>{hint}</span>
      </span>
    </div>
  );
}
