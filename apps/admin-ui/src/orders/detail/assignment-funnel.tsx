import { readAssignment, type Funnel } from '@orion/contracts';
import { skipToken, useQuery } from '@tanstack/react-query';
import { useText } from '../../app/i18n/i18n';
import { useApi } from '../../shared/api-context';
import { Panel } from '../../shared/panel';
import { ProblemNotice } from '../../shared/problem-notice';
import { funnelKey, type Booking } from '../booking/use-booking';
import { FunnelView } from '../funnel/funnel-view';
import { type OrderDetail } from '../order';
import { assignable } from './next-step';
import styles from './order.module.css';

/** The stored funnel of the assignment, or the one of the hold that was just made. */
export function AssignmentFunnel({ order, booking }: { order: OrderDetail; booking: Booking }) {
  const { t } = useText();
  const api = useApi();
  const { assignmentId } = order;
  const stored = useQuery({
    queryKey: ['assignment', assignmentId],
    enabled: assignmentId !== null,
    queryFn: ({ signal }) => api.call(readAssignment, { params: { id: assignmentId ?? '' } }, { signal }),
    select: (assignment) => assignment.funnel,
  });
  const bookingId = order.booking?.id ?? '';
  const held = useQuery<Funnel>({ queryKey: funnelKey(bookingId), queryFn: skipToken, gcTime: Infinity });
  const funnel = stored.data ?? held.data;
  const pick = assignable(order.state)
    ? (technicianId: string) => booking.give.mutate({ technicianId, key: booking.newKey() })
    : undefined;
  return (
    <Panel title={t('orders.funnel.title')}>
      {stored.error && <ProblemNotice error={stored.error} retry={() => void stored.refetch()} />}
      {funnel && <FunnelView funnel={funnel} onPick={pick} />}
      {!funnel && !stored.error && <p className={styles.quiet}>{t('orders.funnel.notYet')}</p>}
    </Panel>
  );
}
