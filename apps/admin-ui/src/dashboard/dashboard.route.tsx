import { createLazyRoute } from '@tanstack/react-router';
import { useText } from '../app/i18n/i18n';
import { Page } from '../shared/page';
import { ProblemNotice } from '../shared/problem-notice';
import { Waiting } from '../shared/waiting';
import styles from './dashboard.module.css';
import { LiveActivity } from './live-activity';
import { Missing } from './missing';
import { NeedsYou } from './needs-you';
import { StatePath } from './state-path';
import { useOverview } from './use-overview';

export const Route = createLazyRoute('/shell/')({ component: Dashboard });

function Dashboard() {
  const { t } = useText();
  const { data, error, refetch } = useOverview();
  return (
    <Page title={t('dashboard.title')} lead={t('dashboard.lead')}>
      {error && <ProblemNotice error={error} retry={() => void refetch()} />}
      {data && data.missing.length > 0 && <Missing parts={data.missing} retry={() => void refetch()} />}
      <div className={styles.columns}>
        <div className={styles.figures}>
          {data && <NeedsYou overview={data} />}
          {data?.orders && <StatePath {...data.orders} />}
          {!data && !error && <Waiting />}
        </div>
        <LiveActivity />
      </div>
    </Page>
  );
}
