import { createColumnHelper, tableFeatures } from '@tanstack/react-table';
import { Link } from '@tanstack/react-router';
import { type Translate } from '../../app/i18n/i18n';
import { span, zoneName } from '../../shared/time';
import { ownZone } from '../../shared/use-zones';
import { placeOf, type Order } from '../order';
import { OrderPill } from '../order-pill';
import styles from './orders-table.module.css';

export const features = tableFeatures({});
const helper = createColumnHelper<typeof features, Order>();

interface Telling {
  t: Translate;
  locale: string;
  zoneOf: (businessUnitId: string) => string;
}

/** The columns of the orders list, told in the reader's language and the orders' time zones. */
export function orderColumns({ t, locale, zoneOf }: Telling) {
  const windowOf = ({ businessUnitId, earliestStart, latestStart }: Order) => {
    const where = { locale, timeZone: zoneOf(businessUnitId) };
    const zone = where.timeZone === ownZone() ? '' : ` ${zoneName(earliestStart, where)}`;
    return span(earliestStart, latestStart, where) + zone;
  };
  return helper.columns([
    helper.display({
      id: 'number',
      header: t('orders.list.number'),
      cell: ({ row: { original } }) => (
        <Link to="/orders/$orderId" params={{ orderId: original.id }} className={styles.link}>
          {original.number}
        </Link>
      ),
    }),
    helper.display({
      id: 'job',
      header: t('orders.list.job'),
      cell: ({ row: { original } }) => (
        <>
          <span className={styles.main}>{original.title}</span>
          <span className={styles.sub}>{t(`orders.kind.${original.kind}`)}</span>
        </>
      ),
    }),
    helper.display({
      id: 'customer',
      header: t('orders.list.customer'),
      cell: ({ row: { original } }) => (
        <>
          <span className={styles.main}>{original.customerName}</span>
          <span className={styles.sub}>{placeOf(original)}</span>
        </>
      ),
    }),
    helper.display({
      id: 'window',
      header: t('orders.list.window'),
      cell: ({ row: { original } }) => windowOf(original),
    }),
    helper.display({
      id: 'state',
      header: t('orders.list.state'),
      cell: ({ row: { original } }) => <OrderPill state={original.state} />,
    }),
  ]);
}
