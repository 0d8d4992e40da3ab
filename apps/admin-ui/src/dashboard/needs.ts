import { type Overview } from './use-overview';

/** One thing that waits for an operator: how many, and the list that shows them. */
export interface Need {
  name: 'unscheduled' | 'unassigned' | 'failedOrders' | 'failedMessages' | 'failedDeliveries';
  count: number;
  bad: boolean;
  to: { to: '/orders' | '/messages' | '/deliveries'; search: Record<string, string> };
}

/** What waits for an operator now, the gravest first; what did not answer is not in it. */
export function needsOf({ orders, notifications, webhooks }: Overview): Need[] {
  const state = (name: 'CREATED' | 'SCHEDULED' | 'FAILED'): number => orders?.byState[name] ?? 0;
  const all: Need[] = [
    {
      name: 'failedOrders',
      count: state('FAILED'),
      bad: true,
      to: { to: '/orders', search: { state: 'FAILED' } },
    },
    {
      name: 'failedMessages',
      count: notifications?.failed ?? 0,
      bad: true,
      to: { to: '/messages', search: { state: 'FAILED' } },
    },
    {
      name: 'failedDeliveries',
      count: webhooks?.failed ?? 0,
      bad: true,
      to: { to: '/deliveries', search: { state: 'FAILED' } },
    },
    {
      name: 'unscheduled',
      count: state('CREATED'),
      bad: false,
      to: { to: '/orders', search: { state: 'CREATED' } },
    },
    {
      name: 'unassigned',
      count: state('SCHEDULED'),
      bad: false,
      to: { to: '/orders', search: { state: 'SCHEDULED' } },
    },
  ];
  return all.filter((need) => need.count > 0);
}
