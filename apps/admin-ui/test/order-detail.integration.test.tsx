import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  assign,
  cancelServiceOrder,
  holdSlot,
  searchAvailability,
  transitionServiceOrder,
} from '@orion/contracts';
import { screen, waitFor, within } from '@testing-library/react/pure';
import { closeTab, openAsAda, startPlatform } from './open-app';
import { Refusal } from './server/contract-server';
import { anOrder } from './server/data';
import { aFunnel, technicianId, technicianName } from './server/funnels';
import { id } from './server/ids';

const order = anOrder(2);
const path = `/orders/${order.id}`;
let platform: Awaited<ReturnType<typeof startPlatform>>;
beforeEach(async () => {
  platform = await startPlatform({ orders: [order] });
});
afterEach(async () => {
  closeTab();
  await platform.server.close();
});

const booked = (state: 'PRE_BOOKED' | 'CONFIRMED') => ({
  id: id(9000),
  technicianId: technicianId(0),
  technicianName: technicianName(0),
  state,
  startsAt: '2026-11-25T07:30:00Z',
  endsAt: '2026-11-25T09:00:00Z',
  expiresAt: null,
});

describe('an order', () => {
  it('tells who, where, when and what happened', async () => {
    await openAsAda(platform.server, path);
    expect(await screen.findByRole('heading', { level: 1, name: order.number })).toBeInTheDocument();
    expect(await screen.findByText('customer@example.org')).toBeVisible();
    expect(screen.getByText('French')).toBeVisible();
    await waitFor(() => expect(screen.getByText('Start Wed 25 Nov, 08:00–16:00')).toBeVisible());
    expect(within(screen.getByRole('list', { name: /States/ })).getByText('Order came in')).toBeVisible();
    expect(screen.getByText('Nothing was sent about this order yet')).toBeVisible();
  });

  it('that does not exist says so', async () => {
    await openAsAda(platform.server, `/orders/${id(777)}`);
    expect(await screen.findByRole('alert')).toHaveTextContent('Nothing is found here');
  });

  it('goes from a free start to an assigned technician, with its funnel', async () => {
    const { user } = await openAsAda(platform.server, path);
    await user.click(await screen.findByRole('radio', { name: /^08:15, / }));
    await user.click(screen.getByRole('button', { name: 'Hold Wed 25 Nov, 08:15' }));
    expect(await screen.findByRole('heading', { name: 'Next step: Confirm the slot' })).toHaveFocus();
    expect(platform.server.callsOf(holdSlot)[0]?.body).toEqual({
      serviceOrderId: order.id,
      startsAt: '2026-11-25T07:15:00.000Z',
    });
    expect(screen.getByText('10 technicians were considered; 4 could take the job.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Confirm the slot' }));
    await user.click(await screen.findByRole('button', { name: 'Assign Nadia Benali' }));
    expect(await screen.findByRole('heading', { name: 'Next step: Mark as Accepted' })).toBeInTheDocument();
    expect(platform.server.callsOf(assign)[0]?.headers['idempotency-key']).toMatch(/^[0-9a-f]{32}$/);
    await user.click(screen.getByRole('button', { name: 'Mark as Accepted' }));
    expect(
      await screen.findByRole('heading', { name: 'Next step: Mark as In progress' }),
    ).toBeInTheDocument();
    expect(platform.server.callsOf(transitionServiceOrder)[0]?.body).toMatchObject({ to: 'ACCEPTED' });
  });

  it('says that a start was taken by somebody else, and offers what is still free', async () => {
    const { user } = await openAsAda(platform.server, path);
    await user.click(await screen.findByRole('radio', { name: /^08:00, / }));
    platform.state.taken.add('2026-11-25T07:00:00.000Z');
    await user.click(screen.getByRole('button', { name: 'Hold Wed 25 Nov, 08:00' }));
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('That start has just been taken');
    expect(alert).toHaveFocus();
    await user.click(within(alert).getByRole('button', { name: 'Hold Wed 25 Nov, 08:15' }));
    expect(await screen.findByRole('heading', { name: 'Next step: Confirm the slot' })).toBeInTheDocument();
    const keys = platform.server.callsOf(holdSlot).map(({ headers }) => headers['idempotency-key']);
    expect(new Set(keys).size).toBe(2);
  });

  it('shows the funnel of a start that nobody can take', async () => {
    platform.server.on(holdSlot, () => {
      throw new Refusal('NO_CANDIDATE', { funnel: { ...aFunnel(), chosen: null }, alternatives: [] });
    });
    const { user } = await openAsAda(platform.server, path);
    await user.click(await screen.findByRole('radio', { name: /^08:00, / }));
    await user.click(screen.getByRole('button', { name: 'Hold Wed 25 Nov, 08:00' }));
    await user.click(await screen.findByText('Why nobody could take it'));
    expect(screen.getByText('What each rule left over')).toBeVisible();
  });

  it('repeats a hold that was not answered with the same key', async () => {
    const { user } = await openAsAda(platform.server, path);
    await user.click(await screen.findByRole('radio', { name: /^08:00, / }));
    platform.server.on(holdSlot, () => {
      throw new Refusal('UPSTREAM_UNAVAILABLE');
    });
    await user.click(screen.getByRole('button', { name: 'Hold Wed 25 Nov, 08:00' }));
    await user.click(await screen.findByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(platform.server.callsOf(holdSlot)).toHaveLength(2));
    const keys = platform.server.callsOf(holdSlot).map(({ headers }) => headers['idempotency-key']);
    expect(new Set(keys).size).toBe(1);
  });

  it('says what blocks most starts where nobody is free', async () => {
    platform.server.on(searchAvailability, () => ({
      serviceOrderId: order.id,
      timezone: 'Europe/Paris',
      slots: [],
      blocked: [{ startsAt: order.earliestStart, rules: { SKILL: 7, BUSY: 2 } }],
    }));
    await openAsAda(platform.server, path);
    expect(await screen.findByText(/blocked by: missing skills and other bookings/)).toBeVisible();
  });

  it('walks through days, and lets a hold go', async () => {
    const { user } = await openAsAda(platform.server, path);
    await user.click(await screen.findByRole('radio', { name: 'Thu 26 Nov' }));
    await user.click(screen.getByRole('radio', { name: /^10:45, / }));
    await user.click(screen.getByRole('button', { name: 'Hold Thu 26 Nov, 10:45' }));
    await user.click(await screen.findByRole('button', { name: 'Release the hold' }));
    expect(await screen.findByRole('heading', { name: 'Next step: Find a slot' })).toHaveFocus();
  });

  it('is read again when something happens to it', async () => {
    await openAsAda(platform.server, path);
    await screen.findByText('Changes appear as they happen');
    await screen.findByRole('heading', { name: 'Next step: Find a slot' });
    platform.change(order.id, { state: 'SCHEDULED', booking: booked('CONFIRMED') });
    platform.tell('scheduling.booking.confirmed', 'confirmed', order.id);
    expect(await screen.findByRole('button', { name: 'Assign Nadia Benali' })).toBeVisible();
  });

  it('is cancelled with a reason', async () => {
    const { user } = await openAsAda(platform.server, path);
    await user.click(await screen.findByRole('button', { name: 'Cancel order' }));
    const dialog = await screen.findByRole('dialog', { name: `Cancel order ${order.number}` });
    await user.click(within(dialog).getByRole('button', { name: 'Cancel order' }));
    expect(await within(dialog).findByText(/Say why/)).toBeVisible();
    await user.type(within(dialog).getByLabelText('Reason'), 'Customer moved away');
    await user.click(within(dialog).getByRole('button', { name: 'Cancel order' }));
    expect(await screen.findByText('The order is Cancelled.')).toBeVisible();
    expect(platform.server.callsOf(cancelServiceOrder)[0]?.body).toEqual({ reason: 'Customer moved away' });
  });
});

describe('the funnel', () => {
  beforeEach(() => {
    platform.change(order.id, { state: 'ASSIGNED', assignmentId: id(9100), booking: booked('CONFIRMED') });
  });

  it('opens a candidate to say why it failed, or what its score is made of', async () => {
    const { user } = await openAsAda(platform.server, path);
    await user.click(await screen.findByRole('button', { name: 'Nadia Benali' }));
    expect(screen.getByText('Extra driving')).toBeVisible();
    expect(screen.getByText('2.4 km')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Mina Sato' }));
    expect(screen.getByText('works 13:00–21:00 that day')).toBeVisible();
    expect(screen.queryByText('Extra driving')).not.toBeInTheDocument();
  });

  it('shows who failed at a rule', async () => {
    const { user } = await openAsAda(platform.server, path);
    await user.click(await screen.findByRole('button', { name: 'Show the 3 who failed at Skills' }));
    const table = screen.getByRole('table', { name: 'Failed at Skills' });
    expect(
      within(table)
        .getAllByRole('button')
        .map((it) => it.textContent),
    ).toEqual(['Sam Okoro', 'Rita Bruno', 'Leo Petit']);
    await user.click(screen.getByRole('button', { name: 'Show all candidates' }));
    expect(screen.getByRole('table', { name: 'Candidates' })).toBeVisible();
  });

  it('gives the job to another candidate', async () => {
    const { user } = await openAsAda(platform.server, path);
    await user.click(await screen.findByRole('button', { name: 'Julie Caron' }));
    await user.click(screen.getByRole('button', { name: 'Assign Julie Caron' }));
    await waitFor(() =>
      expect(platform.server.callsOf(assign)[0]?.body).toMatchObject({ technicianId: technicianId(2) }),
    );
  });
});
