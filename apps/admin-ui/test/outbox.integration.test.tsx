import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { listWebhookDeliveries, retryWebhookDelivery, type Out } from '@orion/contracts';
import { screen, waitFor } from '@testing-library/react/pure';
import { closeTab, openAsAda, startPlatform } from './open-app';
import { anOrder } from './server/data';
import { id } from './server/ids';

type Delivery = Out<typeof retryWebhookDelivery>;
const failed: Delivery = {
  id: id(8000),
  subscriptionId: id(8001),
  eventId: id(8002),
  eventType: 'order.confirmed',
  state: 'FAILED',
  attempts: 6,
  nextAttemptAt: null,
  responseStatus: 502,
  lastError: 'HTTP 502',
  createdAt: '2026-11-21T04:00:00Z',
  deliveredAt: null,
};

let platform: Awaited<ReturnType<typeof startPlatform>>;
beforeEach(async () => {
  platform = await startPlatform({ orders: [anOrder(1)] });
  platform.state.messages.push({
    id: id(7000),
    channel: 'EMAIL',
    template: 'assignment-technician',
    language: 'en',
    recipientName: 'Nadia Benali',
    recipientAddress: 'nadia@example.org',
    subject: 'New job: SO-00001',
    state: 'FAILED',
    attempts: 5,
    lastError: '550 mailbox unavailable',
    serviceOrderId: anOrder(1).id,
    createdAt: '2026-11-21T04:00:00Z',
    sentAt: null,
  });
});
afterEach(async () => {
  closeTab();
  await platform.server.close();
});

describe('messages', () => {
  it('say to whom, what went wrong, and lead to the order', async () => {
    const { user, address } = await openAsAda(platform.server, '/messages?state=FAILED');
    expect(await screen.findByText('550 mailbox unavailable')).toBeVisible();
    expect(screen.getByText(/to Nadia Benali <nadia@example.org>/)).toBeVisible();
    await user.selectOptions(screen.getByLabelText('State'), 'SENT');
    expect(await screen.findByText('No messages here')).toBeVisible();
    expect(address()).toBe('/messages?state=SENT');
    await user.selectOptions(screen.getByLabelText('State'), '');
    await user.click(await screen.findByRole('link', { name: 'Open the order: New job: SO-00001' }));
    expect(await screen.findByRole('heading', { name: 'SO-00001' })).toBeInTheDocument();
    expect(await screen.findByText('550 mailbox unavailable')).toBeVisible();
  });
});

describe('webhook deliveries', () => {
  it('that failed are sent again on request', async () => {
    let state = failed;
    platform.server.on(listWebhookDeliveries, () => ({ items: [state], nextCursor: null }));
    platform.server.on(
      retryWebhookDelivery,
      () => (state = { ...failed, state: 'PENDING', nextAttemptAt: '2026-11-21T05:00:00Z' }),
    );
    const { user } = await openAsAda(platform.server, '/deliveries?state=FAILED');
    expect(await screen.findByText('HTTP 502')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Send again' }));
    await waitFor(() =>
      expect(platform.server.callsOf(retryWebhookDelivery)[0]?.params).toEqual({ id: failed.id }),
    );
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Send again' })).not.toBeInTheDocument());
    await user.selectOptions(screen.getByLabelText('State'), 'PENDING');
  });
});

describe('the shell', () => {
  it('has a way past the navigation, a menu for narrow screens and two colour schemes', async () => {
    const { user } = await openAsAda(platform.server, '/nowhere');
    expect(await screen.findByRole('heading', { name: 'There is no such page' })).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Skip to content' })).toHaveAttribute('href', '#content');
    await user.click(screen.getByRole('button', { name: 'Dark colours' }));
    expect(document.documentElement).toHaveAttribute('data-mantine-color-scheme', 'dark');
    await user.click(screen.getByRole('button', { name: 'Light colours' }));
    await user.click(screen.getByRole('button', { name: 'Menu' }));
    expect(await screen.findByRole('dialog', { name: 'Menu' })).toBeInTheDocument();
  });
});
