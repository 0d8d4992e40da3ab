import { ApiProblem } from '@orion/client';
import {
  assign,
  confirmBooking,
  createCustomer,
  createServiceOrder,
  holdSlot,
  readServiceOrder,
  searchAvailability,
} from '@orion/contracts';
import { type PersistentClient } from '@orion/access';
import { toInstant, toMinutes, toPlace, toSkills } from './conversion';
import { type Instance, type Request } from './instance';
import { type Run } from './run';

export interface Received {
  request: Request;
  orderId: string;
  number: string;
}

/** For each start the order allows: how many technicians each rule blocks; sums up to the whole crew. */
export interface Unserved {
  number: string;
  request: number;
  reason: string;
  proof: { startsAt: string; blockedBy: Record<string, number> }[];
}

export type Outcome = { served: true; technicianId: string } | { served: false; unserved: Unserved };

/** Takes one request in, as a customer with a service order. */
export async function receive(
  client: PersistentClient,
  run: Run & { dayStart: string },
  instance: Instance,
  businessUnitId: string,
  request: Request,
): Promise<Received> {
  const address = {
    street: `${request.id} rue de la Course`,
    postalCode: '69001',
    city: 'Lyon',
    country: 'FR',
    place: toPlace(instance, request),
  };
  const customer = await client.call(
    createCustomer,
    {
      body: {
        name: `Customer ${request.id}`,
        email: `customer-${request.id}@day-${run.id}.example.com`,
        address,
        externalId: `customer-${request.id}`,
      },
    },
    `${run.id}-customer-${request.id}`,
  );
  const order = await client.call(
    createServiceOrder,
    {
      body: {
        customerId: customer.id,
        businessUnitId,
        kind: 'REPAIR',
        title: `Request ${request.id} of ${instance.name}`,
        skills: toSkills(request),
        durationMinutes: toMinutes(request.serviceTime),
        earliestStart: toInstant(run.dayStart, request.earliestStart),
        latestStart: toInstant(run.dayStart, request.latestStart),
        attributes: { spareParts: request.spareParts.join(',') },
        externalId: `request-${request.id}`,
      },
    },
    `${run.id}-order-${request.id}`,
  );
  return { request, orderId: order.id, number: order.number };
}

const LOST_TO_OTHERS = new Set(['SLOT_TAKEN', 'NO_CANDIDATE']);

/** Search, hold, confirm, assign; tries the offered starts in order. Taken up again where an earlier sitting left it. */
export async function serve(
  client: PersistentClient,
  run: Run,
  received: Received,
  crew: number,
): Promise<Outcome> {
  const { orderId, request } = received;
  const known = await client.call(readServiceOrder, { params: { id: orderId } });
  let booking = known.booking;
  if (known.assignmentId && booking) return { served: true, technicianId: booking.technicianId };

  if (!booking) {
    const { slots } = await client.call(searchAvailability, { query: { serviceOrderId: orderId } });
    for (const slot of slots) {
      const key = `${run.id}-hold-${request.id}-${slot.startsAt}`;
      try {
        const held = await client.call(
          holdSlot,
          { body: { serviceOrderId: orderId, startsAt: slot.startsAt } },
          key,
        );
        booking = { ...held, technicianName: '', state: 'PRE_BOOKED' };
        break;
      } catch (error) {
        if (!(error instanceof ApiProblem && LOST_TO_OTHERS.has(error.problem.code))) throw error;
      }
    }
  }
  if (!booking) return { served: false, unserved: await explain(client, received, crew) };
  if (booking.state === 'PRE_BOOKED') {
    await client.call(confirmBooking, { params: { id: booking.id } }, `${run.id}-confirm-${booking.id}`);
  }
  const assignment = await client.call(
    assign,
    { body: { serviceOrderId: orderId } },
    `${run.id}-assign-${request.id}`,
  );
  return { served: true, technicianId: assignment.technicianId };
}

async function explain(
  client: PersistentClient,
  { orderId, number, request }: Received,
  crew: number,
): Promise<Unserved> {
  const { slots, blocked = [] } = await client.call(searchAvailability, {
    query: { serviceOrderId: orderId, explain: 'true' },
  });
  const proof = blocked.map((it) => ({
    startsAt: it.startsAt,
    blockedBy: { ...it.rules } as Record<string, number>,
  }));
  const proven =
    slots.length === 0 &&
    proof.length > 0 &&
    proof.every((it) => Object.values(it.blockedBy).reduce((sum, n) => sum + n, 0) === crew);
  const [first] = proof;
  const reason =
    proven && first
      ? `none of ${crew} technicians can start at ${first.startsAt}: ${Object.entries(first.blockedBy)
          .map(([rule, n]) => `${rule} ${n}`)
          .join(', ')}`
      : 'not proven: the availability offers a start that no hold would take';
  return { number, request: request.id, reason, proof: proven ? proof : [] };
}
