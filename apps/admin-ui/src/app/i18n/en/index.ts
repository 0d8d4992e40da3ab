import { account } from './account';
import { common } from './common';
import { dashboard } from './dashboard';
import { orders } from './orders';
import { deliveries, messages } from './outbox';
import { signIn } from './sign-in';

export const en = { account, common, dashboard, orders, messages, deliveries, signIn };
