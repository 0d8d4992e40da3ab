import { assign, confirmBooking, holdSlot } from '@orion/contracts';
import type { RoomInputs, RoomRow, Rooms } from '@orion/testing';
import { MONDAY, newWorld, type World } from './world';

const inWorld =
  (idOf: (world: World) => string | Promise<string>): Rooms[string] =>
  async (service): Promise<RoomRow> => {
    const world = await newWorld(service);
    return { id: await idOf(world), admin: world.admin };
  };

async function booked(world: World): Promise<{ bookingId: string; serviceOrderId: string }> {
  await world.technician();
  const { id: serviceOrderId } = await world.order();
  const startsAt = `${MONDAY}T10:00:00Z`;
  const { id: bookingId } = await world.call(holdSlot, { body: { serviceOrderId, startsAt } });
  await world.call(confirmBooking, { params: { id: bookingId } });
  return { bookingId, serviceOrderId };
}

/** How the tests of scheduling come by a row of each room. */
export const ROOMS: Rooms = {
  assignments: inWorld(async (world) => {
    const { serviceOrderId } = await booked(world);
    return (await world.call(assign, { body: { serviceOrderId } })).id;
  }),
  bookings: inWorld(async (world) => (await booked(world)).bookingId),
  'business-units': inWorld(({ businessUnit }) => businessUnit.id),
  customers: inWorld(async (world) => (await world.customer()).id),
  providers: inWorld(({ provider }) => provider.id),
  'service-orders': inWorld(async (world) => (await world.order()).id),
  technicians: inWorld(async (world) => (await world.technician()).id),
  'work-teams': inWorld(({ team }) => team.id),
};

/** What an endpoint has to be sent beside the id, so that nothing but the id can be wrong. */
export const INPUTS: RoomInputs = {
  'business-units.holidays': { query: { year: 2026 } },
  'service-orders.cancel': { body: { reason: 'x' } },
  'service-orders.transition': { body: { to: 'ACCEPTED' } },
};
