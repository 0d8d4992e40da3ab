import { NativeSelect } from '@mantine/core';
import { listNotifications, NotificationState } from '@orion/contracts';
import { createLazyRoute, Link, useNavigate } from '@tanstack/react-router';
import { useText } from '../app/i18n/i18n';
import { useApi } from '../shared/api-context';
import { ListPage } from '../shared/list-page';
import { ListRow } from '../shared/list-row';
import { dayAndTime } from '../shared/time';
import { usePages } from '../shared/use-pages';
import { ownZone } from '../shared/use-zones';
import { MESSAGE_TONE } from './message-tone';

export const Route = createLazyRoute('/shell/messages')({ component: Messages });

function Messages() {
  const { t, locale } = useText();
  const api = useApi();
  const navigate = useNavigate();
  const { state } = Route.useSearch();
  const query = usePages({
    queryKey: ['messages', 'list', state],
    load: (cursor, signal) => api.call(listNotifications, { query: { state, cursor } }, { signal }),
  });
  const where = { locale, timeZone: ownZone() };
  return (
    <ListPage
      text={{
        title: t('messages.title'),
        lead: t('messages.lead'),
        empty: t('messages.empty'),
        emptyNext: t('messages.emptyNext'),
        list: t('messages.table'),
      }}
      query={query}
      filter={
        <NativeSelect
          label={t('messages.filter')}
          value={state ?? ''}
          onChange={(event) => {
            const chosen = NotificationState.safeParse(event.currentTarget.value).data;
            void navigate({ to: '/messages', search: { state: chosen }, replace: true });
          }}
          data={[
            { value: '', label: t('messages.allStates') },
            ...NotificationState.options.map((value) => ({ value, label: t(`messages.state.${value}`) })),
          ]}
        />
      }
    >
      {query.items.map((message) => (
        <ListRow
          key={message.id}
          title={message.subject}
          tone={MESSAGE_TONE[message.state]}
          state={t(`messages.state.${message.state}`)}
          facts={[
            t('messages.to', { name: `${message.recipientName} <${message.recipientAddress}>` }),
            dayAndTime(message.sentAt ?? message.createdAt, where),
            message.attempts > 1 && t('messages.attempts', { count: message.attempts }),
          ]}
          note={message.state === 'SENT' ? null : message.lastError}
          action={
            message.serviceOrderId && (
              <Link
                to="/orders/$orderId"
                params={{ orderId: message.serviceOrderId }}
                aria-label={`${t('messages.openOrder')}: ${message.subject}`}
              >
                {t('messages.openOrder')}
              </Link>
            )
          }
        />
      ))}
    </ListPage>
  );
}
