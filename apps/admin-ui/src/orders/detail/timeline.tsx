import { listMembers } from '@orion/contracts';
import { useQuery } from '@tanstack/react-query';
import { useText } from '../../app/i18n/i18n';
import { useMe } from '../../app/shell/use-me';
import { useApi } from '../../shared/api-context';
import { Panel } from '../../shared/panel';
import { dayAndTime, zoneName } from '../../shared/time';
import { toneStyle } from '../../shared/tone';
import { type OrderDetail } from '../order';
import { ORDER_TONE } from '../order-tone';
import { useWhere } from '../use-order';
import styles from './order.module.css';

/** The states the order went through: when, by whom, why. The latest stands first. */
export function Timeline({ order }: { order: OrderDetail }) {
  const { t } = useText();
  const where = useWhere(order);
  const nameOf = useNames();
  const steps = [...order.history].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  return (
    <Panel
      title={t('orders.detail.timeline')}
      aside={
        <span className={styles.when}>
          {t('orders.detail.times', { zone: zoneName(order.createdAt, where) })}
        </span>
      }
    >
      <ol className={styles.timeline} aria-label={t('orders.detail.history')}>
        {steps.map(({ from, to, at, actorId, reason }) => (
          <li key={`${at} ${to}`} style={toneStyle(ORDER_TONE[to])}>
            <p>
              <strong>{from === null ? t('orders.detail.created') : t(`orders.state.${to}`)}</strong>
              {` ${t('orders.detail.by', { name: nameOf(actorId) })}`}
            </p>
            {reason && <p>{reason}</p>}
            <time dateTime={at} className={styles.when}>
              {dayAndTime(at, where)}
            </time>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

/** The name behind an actor of the history. */
function useNames(): (actorId: string | null) => string {
  const { t } = useText();
  const api = useApi();
  const { data: me } = useMe();
  const organizationId = me?.organization.id;
  const { data: members } = useQuery({
    queryKey: ['members', organizationId],
    enabled: organizationId !== undefined,
    queryFn: ({ signal }) =>
      api.call(listMembers, { params: { id: organizationId ?? '' }, query: { limit: 200 } }, { signal }),
    staleTime: 5 * 60_000,
  });
  return (actorId) => {
    if (actorId === null) return t('orders.detail.platform');
    if (actorId === me?.id) return t('orders.detail.you');
    return members?.items.find(({ userId }) => userId === actorId)?.name ?? t('orders.detail.colleague');
  };
}
