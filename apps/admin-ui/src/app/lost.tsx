import { Button } from '@mantine/core';
import { Link, type ErrorComponentProps } from '@tanstack/react-router';
import { Page } from '../shared/page';
import { ProblemNotice } from '../shared/problem-notice';
import { isProblem } from '../shared/problem';
import { useText } from './i18n/i18n';
import styles from './lost.module.css';

export function NotFound() {
  const { t } = useText();
  return (
    <Page title={t('common.notFound.title')} lead={t('common.notFound.lead')}>
      <div>
        <Link to="/" className={styles.home}>
          {t('common.notFound.home')}
        </Link>
      </div>
    </Page>
  );
}

/** A screen that failed while it was drawn; the rest of the app stays usable. */
export function Crashed({ error }: ErrorComponentProps) {
  const { t } = useText();
  return (
    <Page title={t('common.crashed.title')} lead={t('common.crashed.lead')}>
      {isProblem(error) && <ProblemNotice error={error} />}
      <div>
        <Button onClick={() => window.location.reload()}>{t('common.crashed.reload')}</Button>
      </div>
    </Page>
  );
}
