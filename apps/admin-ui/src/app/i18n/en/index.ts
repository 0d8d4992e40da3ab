import { account } from './account';
import { common } from './common';
import { dashboard } from './dashboard';
import { invitation } from './invitation';
import { orders } from './orders';
import { deliveries, messages } from './outbox';
import { signIn } from './sign-in';

export const en = { account, common, dashboard, invitation, orders, messages, deliveries, signIn };
