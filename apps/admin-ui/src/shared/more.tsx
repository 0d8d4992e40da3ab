import { Button } from '@mantine/core';
import { useText } from '../app/i18n/i18n';
import styles from './more.module.css';
import { ProblemNotice } from './problem-notice';

interface MoreProps {
  query: {
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    isFetchNextPageError: boolean;
    error: unknown;
    fetchNextPage: () => unknown;
  };
}

/** The end of a list that is read page by page. */
export function More({ query }: MoreProps) {
  const { t } = useText();
  const next = () => void query.fetchNextPage();
  if (query.isFetchNextPageError) return <ProblemNotice error={query.error} retry={next} />;
  if (!query.hasNextPage) return <p className={styles.end}>{t('common.endOfList')}</p>;
  return (
    <div className={styles.more}>
      <Button variant="default" onClick={next} aria-disabled={query.isFetchingNextPage}>
        {t(query.isFetchingNextPage ? 'common.loadingMore' : 'common.loadMore')}
      </Button>
    </div>
  );
}
