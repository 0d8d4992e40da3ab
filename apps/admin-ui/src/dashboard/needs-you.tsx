import { Link } from '@tanstack/react-router';
import { useText } from '../app/i18n/i18n';
import { Empty } from '../shared/empty';
import { ChevronIcon } from '../shared/icons';
import { Panel } from '../shared/panel';
import { toneStyle } from '../shared/tone';
import { needsOf } from './needs';
import styles from './needs-you.module.css';
import { type Overview } from './use-overview';

export function NeedsYou({ overview }: { overview: Overview }) {
  const { t, locale } = useText();
  const needs = needsOf(overview);
  const number = new Intl.NumberFormat(locale);
  return (
    <Panel title={t('dashboard.needs')}>
      {needs.length === 0 && (
        <Empty title={t('dashboard.calm')}>{overview.missing.length === 0 && t('dashboard.calmLead')}</Empty>
      )}
      <ul className={styles.needs}>
        {needs.map(({ name, count, bad, to }) => (
          <li key={name}>
            <Link {...to} className={styles.need} style={toneStyle(bad ? 'bad' : 'waiting')}>
              <span className={styles.count}>{number.format(count)}</span>
              <span className={styles.what}>
                <span className={styles.name}>{t(`dashboard.${name}`)}</span>
                <span className={styles.act}>
                  {t(`dashboard.${name}Do`)}
                  <ChevronIcon size={16} />
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
