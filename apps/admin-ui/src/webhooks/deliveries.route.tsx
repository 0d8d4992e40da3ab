import { NativeSelect } from '@mantine/core';
import { DeliveryState, listWebhookDeliveries } from '@orion/contracts';
import { createLazyRoute, useNavigate } from '@tanstack/react-router';
import { type z } from 'zod';
import { useText } from '../app/i18n/i18n';
import { type Tone } from '../app/theme/tokens';
import { useApi } from '../shared/api-context';
import { ListPage } from '../shared/list-page';
import { ListRow } from '../shared/list-row';
import { dayAndTime } from '../shared/time';
import { usePages } from '../shared/use-pages';
import { ownZone } from '../shared/use-zones';
import { RetryDelivery } from './retry-delivery';

export const Route = createLazyRoute('/shell/deliveries')({ component: Deliveries });

const TONE: Record<z.output<typeof DeliveryState>, Tone> = {
  PENDING: 'waiting',
  SENDING: 'moving',
  DELIVERED: 'done',
  FAILED: 'bad',
};

function Deliveries() {
  const { t, locale } = useText();
  const api = useApi();
  const navigate = useNavigate();
  const { state } = Route.useSearch();
  const query = usePages({
    queryKey: ['deliveries', state],
    load: (cursor, signal) => api.call(listWebhookDeliveries, { query: { state, cursor } }, { signal }),
  });
  const where = { locale, timeZone: ownZone() };
  return (
    <ListPage
      text={{
        title: t('deliveries.title'),
        lead: t('deliveries.lead'),
        empty: t('deliveries.empty'),
        emptyNext: t('deliveries.emptyNext'),
        list: t('deliveries.table'),
      }}
      query={query}
      filter={
        <NativeSelect
          label={t('deliveries.filter')}
          value={state ?? ''}
          onChange={(event) => {
            const chosen = DeliveryState.safeParse(event.currentTarget.value).data;
            void navigate({ to: '/deliveries', search: { state: chosen }, replace: true });
          }}
          data={[
            { value: '', label: t('deliveries.allStates') },
            ...DeliveryState.options.map((value) => ({ value, label: t(`deliveries.state.${value}`) })),
          ]}
        />
      }
    >
      {query.items.map((delivery) => (
        <ListRow
          key={delivery.id}
          title={delivery.eventType}
          tone={TONE[delivery.state]}
          state={t(`deliveries.state.${delivery.state}`)}
          facts={[
            dayAndTime(delivery.deliveredAt ?? delivery.createdAt, where),
            t('deliveries.attempts', { count: delivery.attempts }),
            delivery.responseStatus !== null && t('deliveries.answered', { status: delivery.responseStatus }),
            delivery.nextAttemptAt !== null &&
              t('deliveries.nextAttempt', { at: dayAndTime(delivery.nextAttemptAt, where) }),
          ]}
          note={delivery.state === 'DELIVERED' ? null : delivery.lastError}
          action={delivery.state === 'FAILED' && <RetryDelivery id={delivery.id} />}
        />
      ))}
    </ListPage>
  );
}
