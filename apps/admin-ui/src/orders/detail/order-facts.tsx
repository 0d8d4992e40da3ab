import { readCustomer } from '@orion/contracts';
import { useQuery } from '@tanstack/react-query';
import { useText } from '../../app/i18n/i18n';
import { useApi } from '../../shared/api-context';
import { Panel } from '../../shared/panel';
import { span, zoneName } from '../../shared/time';
import { type OrderDetail } from '../order';
import { useWhere } from '../use-order';
import styles from './order.module.css';

/** Who it is for, where it is, when it may start, and what it takes. */
export function OrderFacts({ order }: { order: OrderDetail }) {
  const { t } = useText();
  const where = useWhere(order);
  const { street, postalCode, city, country, place } = order.address;
  const zone = zoneName(order.earliestStart, where);
  return (
    <Panel title={t('orders.detail.facts')}>
      <dl className={styles.facts}>
        <div>
          <dt>{t('orders.detail.customer')}</dt>
          <dd>
            <strong>{order.customerName}</strong>
            <Contact customerId={order.customerId} />
          </dd>
        </div>
        <div>
          <dt>{t('orders.detail.place')}</dt>
          <dd>
            {street && <p>{street}</p>}
            <p>{[postalCode, city, country].filter(Boolean).join(' ')}</p>
            <p className={styles.quiet}>{`${place.latitude.toFixed(4)}, ${place.longitude.toFixed(4)}`}</p>
          </dd>
        </div>
        <div>
          <dt>{`${t('orders.detail.window')} (${zone})`}</dt>
          <dd>
            {t('orders.detail.windowText', { span: span(order.earliestStart, order.latestStart, where) })}
          </dd>
        </div>
        <div>
          <dt>{t('orders.detail.duration')}</dt>
          <dd>{t('orders.detail.minutes', { n: order.durationMinutes })}</dd>
        </div>
        <div>
          <dt>{t('orders.detail.skills')}</dt>
          <dd>{order.skills.join(', ') || t('common.none')}</dd>
        </div>
        {order.instructions && (
          <div>
            <dt>{t('orders.detail.instructions')}</dt>
            <dd>{order.instructions}</dd>
          </div>
        )}
      </dl>
    </Panel>
  );
}

function Contact({ customerId }: { customerId: string }) {
  const { t, locale } = useText();
  const api = useApi();
  const { data } = useQuery({
    queryKey: ['customer', customerId],
    queryFn: ({ signal }) => api.call(readCustomer, { params: { id: customerId } }, { signal }),
  });
  if (!data) return null;
  const language = new Intl.DisplayNames(locale, { type: 'language' }).of(data.language);
  return (
    <>
      {data.email && (
        <p>
          <a href={`mailto:${data.email}`}>{data.email}</a>
        </p>
      )}
      {data.phone && (
        <p>
          <a href={`tel:${data.phone}`}>{data.phone}</a>
        </p>
      )}
      {!data.email && !data.phone && <p>{t('orders.detail.noContact')}</p>}
      <p className={styles.quiet}>{language}</p>
    </>
  );
}
