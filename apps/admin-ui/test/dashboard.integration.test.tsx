import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { listActivity, readOverview, streamActivity } from '@orion/contracts';
import { screen, waitFor, within } from '@testing-library/react/pure';
import { closeTab, openAsAda, startPlatform } from './open-app';
import { Refusal } from './server/contract-server';
import { anOrder } from './server/data';

let platform: Awaited<ReturnType<typeof startPlatform>>;
beforeEach(async () => {
  platform = await startPlatform({
    orders: [anOrder(4), anOrder(3), anOrder(2, 'SCHEDULED'), anOrder(1, 'CLOSED')],
    overview: { webhooks: { recent: 9, failed: 2 }, notifications: null, missing: ['notifications'] },
  });
  platform.tell('scheduling.service-order.created', 'SO-00003 came in', platform.state.orders[1]?.id ?? null);
});
afterEach(async () => {
  closeTab();
  await platform.server.close();
});

describe('the dashboard', () => {
  it('puts first what needs one now, and every number opens its list', async () => {
    const { user, address } = await openAsAda(platform.server);
    const needs = await screen.findByRole('region', { name: 'Needs you now' });
    const names = within(needs)
      .getAllByRole('link')
      .map((link) => link.textContent);
    expect(names).toEqual([
      '2Webhook deliveries given upSee why',
      '2Orders without a slotFind a slot',
      '1Booked, without a technicianAssign',
    ]);
    await user.click(within(needs).getByRole('link', { name: /Orders without a slot/ }));
    expect(await screen.findByRole('heading', { level: 1, name: 'Orders' })).toHaveFocus();
    expect(address()).toBe('/orders?state=CREATED');
  });

  it('names the parts that did not answer', async () => {
    await openAsAda(platform.server);
    expect(await screen.findByText(/Messages did not answer in time/)).toBeVisible();
  });

  it('counts the orders of each state', async () => {
    await openAsAda(platform.server);
    const states = await screen.findByRole('region', { name: 'Orders by state' });
    expect(within(states).getByRole('link', { name: /Closed/ })).toHaveTextContent('1Closed');
    expect(within(states).getByRole('link', { name: '4 orders in all' })).toHaveAttribute('href', '/orders');
  });

  it('says what to do where the overview is not answered, and asks again', async () => {
    platform.server.on(readOverview, () => {
      throw new Refusal('FORBIDDEN');
    });
    const { user } = await openAsAda(platform.server);
    expect(await screen.findByRole('alert')).toHaveTextContent('Ask an admin of your organization');
    platform.server.on(readOverview, () => ({
      orders: null,
      notifications: null,
      webhooks: null,
      activity: null,
      missing: [],
    }));
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Nothing is waiting for you')).toBeVisible();
  });
});

describe('the live feed', () => {
  it('shows what happens as it happens', async () => {
    await openAsAda(platform.server);
    expect(await screen.findByRole('link', { name: 'SO-00003 came in' })).toBeVisible();
    await waitFor(() => expect(platform.server.callsOf(streamActivity)).toHaveLength(1));
    platform.tell('scheduling.booking.held', 'SO-00002 held', null);
    expect(await screen.findByText('SO-00002 held')).toBeVisible();
  });

  it('takes up where it was after the connection broke, without a gap or a repetition', async () => {
    await openAsAda(platform.server);
    await screen.findByText('Changes appear as they happen');
    platform.server.breakStreams();
    expect((await screen.findAllByText('Reconnecting')).length).toBeGreaterThan(0);
    platform.tell('scheduling.booking.held', 'while nobody listened', null);
    expect(await screen.findByText('while nobody listened', {}, { timeout: 10_000 })).toBeVisible();
    expect(screen.getAllByText('SO-00003 came in')).toHaveLength(1);
    expect(platform.server.callsOf(streamActivity).at(-1)?.headers['last-event-id']).toBe('1');
    expect(await screen.findByText('Changes appear as they happen')).toBeInTheDocument();
  });

  it('says that a person may not see it, and stops asking', async () => {
    platform.server.on(listActivity, () => {
      throw new Refusal('FORBIDDEN');
    });
    await openAsAda(platform.server);
    expect((await screen.findAllByText('Your roles do not include the live feed')).length).toBeGreaterThan(0);
    expect(platform.server.callsOf(streamActivity)).toHaveLength(0);
  });

  it('tries again where the feed cannot be read yet', async () => {
    let refused = 0;
    platform.server.on(listActivity, ({ query }) => {
      refused += 1;
      if (refused === 1) throw new Refusal('UPSTREAM_UNAVAILABLE');
      return { items: platform.state.activity.slice(0, query.limit), nextCursor: null };
    });
    await openAsAda(platform.server);
    expect(await screen.findByRole('link', { name: 'SO-00003 came in' }, { timeout: 10_000 })).toBeVisible();
  });
});
