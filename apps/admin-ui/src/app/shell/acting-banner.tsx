import { Button } from '@mantine/core';
import { type Acting } from '../../session/session';
import { useSession } from '../../session/session-context';
import { timeOnly } from '../../shared/time';
import { toneStyle } from '../../shared/tone';
import { useText } from '../i18n/i18n';
import styles from './acting-banner.module.css';

/** Says on every screen that one acts for somebody else, and lets one stop. */
export function ActingBanner({ name, endsAt }: Acting) {
  const { t, locale } = useText();
  const session = useSession();
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return (
    <div className={styles.banner} style={toneStyle('waiting')} role="status">
      <p className={styles.text}>
        <strong>{t('common.session.actingFor', { name })}</strong>{' '}
        {t('common.session.actingLead', { time: timeOnly(endsAt, { locale, timeZone }) })}
      </p>
      <Button
        size="compact-md"
        variant="outline"
        color="inherit"
        onClick={() => void session.stopActing().catch(() => undefined)}
      >
        {t('common.session.stopActing')}
      </Button>
    </div>
  );
}
