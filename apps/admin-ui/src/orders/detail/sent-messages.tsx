import { listNotifications } from '@orion/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useText } from '../../app/i18n/i18n';
import { useHeard } from '../../feed/feed-context';
import { MESSAGE_TONE } from '../../messages/message-tone';
import { useApi } from '../../shared/api-context';
import { Panel } from '../../shared/panel';
import { Pill } from '../../shared/pill';
import { ProblemNotice } from '../../shared/problem-notice';
import { dayAndTime } from '../../shared/time';
import { type OrderDetail } from '../order';
import { useWhere } from '../use-order';
import styles from './order.module.css';

/** What was sent to whom about this order. */
export function SentMessages({ orderId, order }: { orderId: string; order: OrderDetail }) {
  const { t } = useText();
  const where = useWhere(order);
  const api = useApi();
  const queries = useQueryClient();
  const queryKey = ['messages', 'of-order', orderId];
  useHeard(({ serviceOrderId }) => {
    if (serviceOrderId === orderId) void queries.invalidateQueries({ queryKey });
  });
  const { data, error, refetch } = useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      api.call(listNotifications, { query: { serviceOrderId: orderId, limit: 50 } }, { signal }),
  });
  return (
    <Panel title={t('orders.detail.messages')}>
      {error && <ProblemNotice error={error} retry={() => void refetch()} />}
      {data?.items.length === 0 && <p className={styles.quiet}>{t('orders.detail.noMessages')}</p>}
      <ul className={styles.messages}>
        {data?.items.map(({ id, subject, recipientName, state, sentAt, createdAt, lastError }) => (
          <li key={id}>
            <div className={styles.messageHead}>
              <strong>{subject}</strong>
              <Pill tone={MESSAGE_TONE[state]}>{t(`messages.state.${state}`)}</Pill>
            </div>
            <p className={styles.when}>
              {`${t('messages.to', { name: recipientName })} · ${dayAndTime(sentAt ?? createdAt, where)}`}
            </p>
            {state === 'FAILED' && lastError && <p>{lastError}</p>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
