import { ApiProblem } from '@orion/client';
import {
  assign,
  cancelServiceOrder,
  confirmBooking,
  createCustomer,
  createServiceOrder,
  holdSlot,
  listCustomers,
  listServiceOrders,
  searchAvailability,
  type ServiceOrder,
  transitionServiceOrder,
} from '@orion/contracts';
import { type z } from 'zod';
import { type PersistentClient } from '@orion/access';
import { type Crew, TIMEZONE } from './crew';
import { type DemoOrder, type Fate } from './demo-data';
import { ensure } from './ensure';
import { at } from './working-days';

const STEPS: readonly Fate[] = ['CREATED', 'HELD', 'SCHEDULED', 'ASSIGNED', 'ACCEPTED', 'IN_PROGRESS'];

const reaches = (fate: Fate, step: Fate): boolean => STEPS.indexOf(fate) >= STEPS.indexOf(step);

/** Brings one demo order in and takes it as far as its fate says; where nobody is free it stays as it is. */
export async function place(client: PersistentClient, crew: Crew, demo: DemoOrder): Promise<void> {
  const order = await bringIn(client, crew, demo);
  if (order.state !== 'CREATED') return;
  const key = (step: string) => `demo-${order.id}-${step}`;
  if (demo.fate === 'CANCELLED') {
    const input = { params: { id: order.id }, body: { reason: 'The customer called it off' } };
    await client.call(cancelServiceOrder, input, key('cancel'));
    return;
  }
  if (!reaches(demo.fate, 'HELD')) return;
  const bookingId = await hold(client, order.id);
  if (!bookingId || !reaches(demo.fate, 'SCHEDULED')) return;
  await client.call(confirmBooking, { params: { id: bookingId } }, key('confirm'));
  if (!reaches(demo.fate, 'ASSIGNED')) return;
  await client.call(assign, { body: { serviceOrderId: order.id } }, key('assign'));
  for (const to of ['ACCEPTED', 'IN_PROGRESS'] as const) {
    if (reaches(demo.fate, to))
      await client.call(transitionServiceOrder, { params: { id: order.id }, body: { to } }, key(to));
  }
}

async function bringIn(
  client: PersistentClient,
  crew: Crew,
  demo: DemoOrder,
): Promise<z.output<typeof ServiceOrder>> {
  const externalId = `demo-${demo.number}`;
  const address = {
    street: demo.street,
    postalCode: '69000',
    city: demo.city,
    country: 'FR',
    place: demo.place,
  };
  const customer = await ensure(
    () =>
      client.call(createCustomer, {
        body: {
          name: demo.customer,
          email: `customer-${demo.number}@demo.orion.example`,
          address,
          externalId,
        },
      }),
    () => client.call(listCustomers, { query: { externalId } }),
  );
  const day = crew.days[demo.day];
  if (!day) throw new Error(`there is no day ${demo.day}`);
  return ensure(
    () =>
      client.call(createServiceOrder, {
        body: {
          customerId: customer.id,
          businessUnitId: crew.businessUnitId,
          kind: demo.kind,
          title: demo.title,
          skills: demo.skills,
          durationMinutes: demo.durationMinutes,
          earliestStart: at(day, demo.earliest, TIMEZONE),
          latestStart: at(day, demo.latest, TIMEZONE),
          externalId,
        },
      }),
    () => client.call(listServiceOrders, { query: { externalId } }),
  );
}

/** The first start that can be had; null where the search offers none, or others took them all meanwhile. */
async function hold(client: PersistentClient, serviceOrderId: string): Promise<string | null> {
  const { slots } = await client.call(searchAvailability, { query: { serviceOrderId } });
  for (const { startsAt } of slots.slice(0, 5)) {
    try {
      const booking = await client.call(
        holdSlot,
        { body: { serviceOrderId, startsAt } },
        `demo-${serviceOrderId}-${startsAt}`,
      );
      return booking.id;
    } catch (error) {
      if (!(error instanceof ApiProblem && error.status === 409)) throw error;
    }
  }
  return null;
}
