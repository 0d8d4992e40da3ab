import { type QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  Outlet,
  redirect,
  type RouterHistory,
} from '@tanstack/react-router';
import { OrderSearch } from '../orders/order-search';
import { DeliverySearch } from '../webhooks/delivery-search';
import { MessageSearch } from '../messages/message-search';
import { type Session } from '../session/session';
import { Waiting } from '../shared/waiting';
import { SsoSearch } from '../sign-in/sso-search';
import { Crashed, NotFound } from './lost';
import { safeReturn, SignInSearch } from './return-to';
import { RouteFocus } from './shell/route-focus';
import { Shell } from './shell/shell';

interface Context {
  session: Session;
  queries: QueryClient;
}

const root = createRootRouteWithContext<Context>()({
  component: () => (
    <>
      <RouteFocus />
      <Outlet />
    </>
  ),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: SignInSearch,
  beforeLoad: ({ context, search }) => {
    if (context.session.snapshot().status === 'signed-in')
      throw redirect({ href: safeReturn(search.returnTo) });
  },
}).lazy(() => import('../sign-in/sign-in.route').then((it) => it.Route));

const sso = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/sso',
  validateSearch: SsoSearch,
}).lazy(() => import('../sign-in/sso.route').then((it) => it.Route));

const forgotPassword = createRoute({ getParentRoute: () => root, path: '/forgot-password' }).lazy(() =>
  import('../account/forgot-password.route').then((it) => it.Route),
);

const resetPassword = createRoute({ getParentRoute: () => root, path: '/reset-password' }).lazy(() =>
  import('../account/reset-password.route').then((it) => it.Route),
);

const verifyEmail = createRoute({ getParentRoute: () => root, path: '/verify-email' }).lazy(() =>
  import('../account/verify-email.route').then((it) => it.Route),
);

const confirmEmail = createRoute({ getParentRoute: () => root, path: '/confirm-email' }).lazy(() =>
  import('../account/confirm-email.route').then((it) => it.Route),
);

const invitation = createRoute({ getParentRoute: () => root, path: '/invitation' }).lazy(() =>
  import('../account/invitation.route').then((it) => it.Route),
);

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  beforeLoad: ({ context, location }) => {
    if (context.session.snapshot().status === 'signed-out') {
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { returnTo: location.href } });
    }
  },
});

const dashboard = createRoute({ getParentRoute: () => shell, path: '/' }).lazy(() =>
  import('../dashboard/dashboard.route').then((it) => it.Route),
);

const orders = createRoute({
  getParentRoute: () => shell,
  path: '/orders',
  validateSearch: OrderSearch,
}).lazy(() => import('../orders/list/orders.route').then((it) => it.Route));

const order = createRoute({ getParentRoute: () => shell, path: '/orders/$orderId' }).lazy(() =>
  import('../orders/detail/order.route').then((it) => it.Route),
);

const messages = createRoute({
  getParentRoute: () => shell,
  path: '/messages',
  validateSearch: MessageSearch,
}).lazy(() => import('../messages/messages.route').then((it) => it.Route));

const deliveries = createRoute({
  getParentRoute: () => shell,
  path: '/deliveries',
  validateSearch: DeliverySearch,
}).lazy(() => import('../webhooks/deliveries.route').then((it) => it.Route));

const nowhere = createRoute({ getParentRoute: () => shell, path: '$', component: NotFound });

const tree = root.addChildren([
  signIn,
  sso,
  forgotPassword,
  resetPassword,
  verifyEmail,
  confirmEmail,
  invitation,
  shell.addChildren([dashboard, orders, order, messages, deliveries, nowhere]),
]);

export const createAppRouter = (context: Context, history?: RouterHistory) =>
  createRouter({
    routeTree: tree,
    context,
    history,
    defaultPreload: 'intent',
    defaultPendingComponent: Waiting,
    defaultErrorComponent: Crashed,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
