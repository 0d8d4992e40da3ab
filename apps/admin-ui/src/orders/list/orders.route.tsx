import { Button } from '@mantine/core';
import { createLazyRoute, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useRef } from 'react';
import { useText } from '../../app/i18n/i18n';
import { Empty } from '../../shared/empty';
import { More } from '../../shared/more';
import { Page } from '../../shared/page';
import { ProblemNotice } from '../../shared/problem-notice';
import { Waiting } from '../../shared/waiting';
import { OrderSearch } from '../order-search';
import { OrderFilters } from './order-filters';
import { OrdersTable } from './orders-table';
import styles from './orders.module.css';
import { useLiveOrders } from './use-live-orders';
import { useOrders } from './use-orders';

export const Route = createLazyRoute('/shell/orders')({ component: Orders });

function Orders() {
  const { t } = useText();
  const navigate = useNavigate();
  const { state, kind, q } = Route.useSearch();
  const search = useMemo(() => OrderSearch.parse({ state, kind, q }), [state, kind, q]);
  const query = useOrders(search);
  const live = useLiveOrders(search);
  const status = useRef<HTMLParagraphElement>(null);
  const { items, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;

  const change = useCallback(
    (next: OrderSearch) => void navigate({ to: '/orders', search: next, replace: true, resetScroll: false }),
    [navigate],
  );
  const nearEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);
  const show = () => {
    live.show();
    window.scrollTo({ top: 0 });
    status.current?.focus();
  };
  const filtered = Boolean(state ?? kind ?? q);

  return (
    <Page title={t('orders.title')} lead={t('orders.lead')}>
      <OrderFilters search={search} onChange={change} />
      <div className={styles.status}>
        <p role="status" ref={status} tabIndex={-1}>
          {query.isSuccess && t('orders.list.shown', { count: items.length })}
        </p>
        <div aria-live="polite">
          {live.waiting > 0 && (
            <Button size="sm" radius="xl" onClick={show}>
              {t('orders.list.more', { count: live.waiting })}
            </Button>
          )}
        </div>
      </div>
      {query.isPending && <Waiting />}
      {query.isError && items.length === 0 && (
        <ProblemNotice error={query.error} retry={() => void query.refetch()} />
      )}
      {query.isSuccess && items.length === 0 && (
        <Empty title={t(filtered ? 'orders.list.empty' : 'orders.list.emptyAll')}>
          {t(filtered ? 'orders.list.emptyNext' : 'orders.list.emptyAllNext')}
        </Empty>
      )}
      {items.length > 0 && (
        <div className={styles.sheet}>
          <OrdersTable orders={items} changed={live.changed} complete={!hasNextPage} onNearEnd={nearEnd} />
          <More query={query} />
        </div>
      )}
    </Page>
  );
}
