import { createLazyRoute, Link } from '@tanstack/react-router';
import { useText } from '../../app/i18n/i18n';
import { BackIcon } from '../../shared/icons';
import { Page } from '../../shared/page';
import { ProblemNotice } from '../../shared/problem-notice';
import { Waiting } from '../../shared/waiting';
import { useBooking } from '../booking/use-booking';
import { type OrderDetail } from '../order';
import { OrderPill } from '../order-pill';
import { useOrder } from '../use-order';
import { AssignmentFunnel } from './assignment-funnel';
import { BookingFacts } from './booking-facts';
import styles from './order.module.css';
import { OrderFacts } from './order-facts';
import { NextStepPanel } from './next-step-panel';
import { SentMessages } from './sent-messages';
import { Timeline } from './timeline';

export const Route = createLazyRoute('/shell/orders/$orderId')({ component: OrderScreen });

function OrderScreen() {
  const { t } = useText();
  const { orderId } = Route.useParams();
  const { data: order, error, refetch } = useOrder(orderId);
  return (
    <Page
      title={order?.number ?? t('orders.detail.loading')}
      lead={order && `${order.title} · ${t(`orders.kind.${order.kind}`)}`}
      aside={order && <OrderPill state={order.state} />}
      above={
        <Link to="/orders" className={styles.back}>
          <BackIcon size={16} />
          {t('orders.detail.back')}
        </Link>
      }
    >
      {error && <ProblemNotice error={error} retry={() => void refetch()} />}
      {!order && !error && <Waiting />}
      {order && <Parts key={order.id} order={order} />}
    </Page>
  );
}

function Parts({ order }: { order: OrderDetail }) {
  const booking = useBooking(order);
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        <NextStepPanel order={order} booking={booking} />
        <AssignmentFunnel order={order} booking={booking} />
        <Timeline order={order} />
      </div>
      <div className={styles.column}>
        <BookingFacts order={order} />
        <OrderFacts order={order} />
        <SentMessages orderId={order.id} order={order} />
      </div>
    </div>
  );
}
