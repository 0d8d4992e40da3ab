import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { listServiceOrders } from '@orion/contracts';
import { screen, waitFor, within } from '@testing-library/react/pure';
import { closeTab, openAsAda, startPlatform } from './open-app';
import { Refusal } from './server/contract-server';
import { anOrder, detailOf } from './server/data';

let platform: Awaited<ReturnType<typeof startPlatform>>;
beforeEach(async () => {
  const orders = Array.from({ length: 60 }, (_, at) => anOrder(60 - at, at === 2 ? 'SCHEDULED' : 'CREATED'));
  platform = await startPlatform({ orders });
});
afterEach(async () => {
  closeTab();
  await platform.server.close();
});

const rows = () => within(screen.getByRole('table')).getAllByRole('row').slice(1);
const shown = () => rows().map((row) => within(row).getByRole('link').textContent);

describe('the orders list', () => {
  it('tells number, job, customer, window in the order’s zone and state', async () => {
    await openAsAda(platform.server, '/orders');
    const row = (await screen.findByRole('link', { name: 'SO-00060' })).closest('[role=row]') as HTMLElement;
    expect(row).toHaveTextContent('Boiler shows error F28');
    expect(row).toHaveTextContent('Created');
    await waitFor(() => expect(row).toHaveTextContent('Mon 23 Nov, 08:00–16:00 CET'));
  });

  it('keeps its filters in the address', async () => {
    const { user, address } = await openAsAda(platform.server, '/orders');
    await screen.findByRole('table');
    await user.selectOptions(screen.getByLabelText('State'), 'SCHEDULED');
    await waitFor(() => expect(shown()).toEqual(['SO-00058']));
    expect(address()).toBe('/orders?state=SCHEDULED');
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    await user.selectOptions(screen.getByLabelText('Kind'), 'DELIVERY');
    await user.type(screen.getByLabelText('Search'), 'so-00059');
    await waitFor(() => expect(address()).toBe('/orders?kind=DELIVERY&q=so-00059'));
    await waitFor(() => expect(shown()).toEqual(['SO-00059']));
    expect(screen.getByLabelText('Search')).toHaveFocus();
    expect(platform.server.callsOf(listServiceOrders).at(-1)?.query).toMatchObject({
      kind: 'DELIVERY',
      q: 'so-00059',
    });
  });

  it('reads the next page by its cursor', async () => {
    const { user } = await openAsAda(platform.server, '/orders');
    await user.click(await screen.findByRole('button', { name: 'Load more' }));
    await screen.findByText('60 orders shown');
    expect(platform.server.callsOf(listServiceOrders).map(({ query }) => query)).toContainEqual({
      limit: 50,
      cursor: '50',
    });
    expect(screen.getByText('End of the list')).toBeInTheDocument();
  });

  it('says what to do where nothing matches', async () => {
    const { user } = await openAsAda(platform.server, '/orders?q=nothing-like-it');
    expect(await screen.findByText('No order matches')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(await screen.findByRole('table')).toBeInTheDocument();
    expect(screen.getByLabelText('Search')).toHaveValue('');
  });

  it('forgets a filter of the address that is none', async () => {
    await openAsAda(platform.server, '/orders?state=NONSENSE');
    await screen.findByRole('table');
    expect(screen.getByLabelText('State')).toHaveValue('');
  });

  it('changes rows where they stand and counts new ones until they are asked for', async () => {
    const { user } = await openAsAda(platform.server, '/orders');
    await screen.findByText('Changes appear as they happen');
    await screen.findByRole('table');
    const before = shown().slice(0, 3);
    const fresh = anOrder(61);
    platform.state.orders.unshift(detailOf(fresh));
    platform.tell('scheduling.service-order.created', 'SO-00061 came in', fresh.id);
    const second = platform.state.orders[2];
    platform.change(second?.id ?? '', { state: 'SCHEDULED' });
    platform.tell('scheduling.service-order.moved', 'moved', second?.id ?? null);
    const button = await screen.findByRole('button', { name: '1 new — show' });
    expect(shown().slice(0, 3)).toEqual(before);
    expect(rows()[1]).toHaveTextContent('Scheduled');
    await user.click(button);
    await waitFor(() => expect(shown()[0]).toBe('SO-00061'));
    expect(screen.queryByRole('button', { name: /new — show/ })).not.toBeInTheDocument();
  });

  it('says what went wrong and asks again', async () => {
    platform.server.on(listServiceOrders, () => {
      throw new Refusal('INTERNAL', { correlationId: 'c-42' });
    });
    const { user } = await openAsAda(platform.server, '/orders');
    expect(await screen.findByText(/Reference for support: c-42/)).toBeVisible();
    platform.server.on(listServiceOrders, () => ({ items: [], nextCursor: null }));
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('No orders yet')).toBeVisible();
  });
});
