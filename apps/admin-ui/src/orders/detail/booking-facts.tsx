import { useText } from '../../app/i18n/i18n';
import { Panel } from '../../shared/panel';
import { Pill } from '../../shared/pill';
import { dayAndTime, relative, span, zoneName } from '../../shared/time';
import { useNow } from '../../shared/use-now';
import { type OrderDetail } from '../order';
import { useWhere } from '../use-order';
import styles from './order.module.css';

/** The slot that is held or booked, who comes, and until when a hold lasts. */
export function BookingFacts({ order }: { order: OrderDetail }) {
  const { t, locale } = useText();
  const where = useWhere(order);
  const now = useNow(30_000);
  const { booking } = order;
  if (!booking) {
    return (
      <Panel title={t('orders.detail.booking')}>
        <p className={styles.quiet}>{t('orders.detail.noBooking')}</p>
      </Panel>
    );
  }
  const held = booking.state === 'PRE_BOOKED';
  const pill = (
    <Pill tone={held ? 'waiting' : 'bound'}>
      {t(held ? 'orders.detail.held' : 'orders.detail.confirmed')}
    </Pill>
  );
  return (
    <Panel title={t('orders.detail.booking')} aside={pill}>
      <dl className={styles.facts}>
        <div>
          <dt>{zoneName(booking.startsAt, where)}</dt>
          <dd>
            <strong>{span(booking.startsAt, booking.endsAt, where)}</strong>
          </dd>
        </div>
        <div>
          <dt>{t('orders.detail.technician')}</dt>
          <dd>{booking.technicianName}</dd>
        </div>
      </dl>
      {held && booking.expiresAt !== null && (
        <p className={styles.quiet}>
          {t('orders.detail.heldUntil', {
            when: relative(booking.expiresAt, now, locale),
            at: dayAndTime(booking.expiresAt, where),
          })}
        </p>
      )}
    </Panel>
  );
}
