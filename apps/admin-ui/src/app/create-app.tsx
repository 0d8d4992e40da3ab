import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { createClient } from '@orion/client';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider, type RouterHistory } from '@tanstack/react-router';
import { I18nextProvider } from 'react-i18next';
import { Feed } from '../feed/feed';
import { FeedProvider } from '../feed/feed-context';
import { tabRelay, type FeedRelay } from '../feed/feed-relay';
import { Session } from '../session/session';
import { tabChannel, type SessionChannel } from '../session/session-channel';
import { SessionProvider } from '../session/session-context';
import { namedTab } from '../session/tab-organization';
import { ApiProvider } from '../shared/api-context';
import { type Leave, LeaveProvider } from '../shared/leave-context';
import { worthRetrying } from '../shared/problem';
import { startI18n } from './i18n/i18n';
import { createAppRouter } from './router';
import { cssVariables, theme } from './theme/theme';

interface AppOptions {
  /** Where the API is; empty: where the page comes from. */
  baseUrl?: string;
  history?: RouterHistory;
  channel?: SessionChannel;
  relay?: FeedRelay;
  /** Opens an address outside of the app. */
  leave?: Leave;
}

const schemes = localStorageColorSchemeManager({ key: 'orion-scheme' });

/** Puts the app together; `restore` takes up an earlier session before anything is shown. */
export function createApp({
  baseUrl = '',
  history,
  channel = tabChannel(),
  relay = tabRelay(),
  leave = (address) => window.location.assign(address),
}: AppOptions = {}) {
  const connect = (accessToken?: string) =>
    createClient({ baseUrl, cookies: true, token: () => accessToken });
  const client = createClient({
    baseUrl,
    token: () => session.token(),
    onUnauthorized: () => session.recover(),
  });
  const session = new Session(connect, namedTab(window), channel);
  const queries = new QueryClient({
    defaultOptions: { queries: { retry: worthRetrying, staleTime: 5_000 } },
  });
  const router = createAppRouter({ session, queries }, history);
  const feed = new Feed(client, relay);
  const i18n = startI18n(navigator.languages);

  let person = '';
  session.subscribe(() => {
    const state = session.snapshot();
    const next = 'userId' in state ? `${state.userId} ${state.organizationId}` : '';
    if (person !== '' && next !== person) queries.clear();
    else if (state.status === 'signed-in')
      void queries.refetchQueries({ predicate: (it) => it.state.status === 'error' });
    person = next;
    void router.invalidate();
  });

  const element = (
    <I18nextProvider i18n={i18n}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        colorSchemeManager={schemes}
        defaultColorScheme="auto"
      >
        <QueryClientProvider client={queries}>
          <SessionProvider value={session}>
            <ApiProvider value={client}>
              <FeedProvider value={feed}>
                <LeaveProvider value={leave}>
                  <RouterProvider router={router} />
                </LeaveProvider>
              </FeedProvider>
            </ApiProvider>
          </SessionProvider>
        </QueryClientProvider>
      </MantineProvider>
    </I18nextProvider>
  );
  return { element, router, session, queries, restore: () => session.restore() };
}
