import { type OrderState } from '@orion/contracts';
import { Link } from '@tanstack/react-router';
import { useText } from '../app/i18n/i18n';
import { ORDER_TONE } from '../orders/order-tone';
import { Panel } from '../shared/panel';
import { toneStyle } from '../shared/tone';
import styles from './state-path.module.css';

/** The way of an order, in order; deliveries take the second row between in progress and completed. */
const WAY: OrderState[] = [
  'CREATED',
  'SCHEDULED',
  'ASSIGNED',
  'ACCEPTED',
  'IN_PROGRESS',
  'COMPLETED',
  'VALIDATED',
  'CLOSED',
];
const ASIDE: OrderState[] = ['PICKED_UP', 'IN_TRANSIT', 'DELIVERED', 'FAILED', 'CANCELLED'];

interface StatePathProps {
  total: number;
  byState: Partial<Record<OrderState, number>>;
}

/** How many orders are in each state; every figure opens its list. */
export function StatePath({ total, byState }: StatePathProps) {
  const { t, locale } = useText();
  const number = new Intl.NumberFormat(locale);
  const row = (states: OrderState[], way: boolean) => (
    <ol className={styles.path} data-way={way || undefined}>
      {states.map((state) => (
        <li key={state} style={toneStyle(ORDER_TONE[state])} data-none={!byState[state] || undefined}>
          <Link to="/orders" search={{ state }} className={styles.stop}>
            <span className={styles.star} aria-hidden />
            <span className={styles.count}>{number.format(byState[state] ?? 0)}</span>
            <span className={styles.name}>{t(`orders.state.${state}`)}</span>
          </Link>
        </li>
      ))}
    </ol>
  );
  const all = (
    <Link to="/orders" className={styles.all}>
      {t('dashboard.total', { count: total })}
    </Link>
  );
  return (
    <Panel title={t('dashboard.states')} aside={all}>
      {row(WAY, true)}
      <h3 className={styles.aside}>{t('dashboard.aside')}</h3>
      {row(ASIDE, false)}
    </Panel>
  );
}
