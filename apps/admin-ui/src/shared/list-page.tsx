import { type ReactNode } from 'react';
import { Empty } from './empty';
import styles from './list.module.css';
import { More } from './more';
import { Page } from './page';
import { ProblemNotice } from './problem-notice';
import { type usePages } from './use-pages';
import { Waiting } from './waiting';

interface ListPageProps {
  text: { title: string; lead: string; empty: string; emptyNext: string; list: string };
  query: ReturnType<typeof usePages<unknown>>;
  filter: ReactNode;
  children: ReactNode[];
}

/** A screen with one filtered list, read page by page. */
export function ListPage({ text, query, filter, children }: ListPageProps) {
  return (
    <Page title={text.title} lead={text.lead}>
      <div className={styles.filter}>{filter}</div>
      {query.isPending && <Waiting />}
      {query.isError && children.length === 0 && (
        <ProblemNotice error={query.error} retry={() => void query.refetch()} />
      )}
      {query.isSuccess && children.length === 0 && <Empty title={text.empty}>{text.emptyNext}</Empty>}
      {children.length > 0 && (
        <div className={styles.sheet}>
          <ul className={styles.list} aria-label={text.list}>
            {children}
          </ul>
          <More query={query} />
        </div>
      )}
    </Page>
  );
}
