import {
  createRole,
  createTeam,
  createWebhookSubscription,
  holdSlot,
  invite,
  searchAvailability,
} from '@orion/contracts';
import { randomUUID } from 'node:crypto';
import { newAccount } from './account';
import { newWorkplace } from './workplace';

/** Ids of rows of an organization of its own, by the segment of the path that stands before the id. */
export async function foreignRows(): Promise<ReadonlyMap<string, string>> {
  const them = await newAccount('Foreign Rows');
  const { client, organizationId, userId } = them;
  const place = await newWorkplace(them);
  const { slots } = await client.call(searchAvailability, { query: { serviceOrderId: place.order.id } });
  const booking = await client.call(holdSlot, {
    body: { serviceOrderId: place.order.id, startsAt: slots[0]?.startsAt ?? '' },
  });
  const url = 'https://receiver.e2e.example/hook';
  const subscription = await client.call(createWebhookSubscription, { body: { url, eventTypes: ['*'] } });
  const role = await client.call(createRole, { body: { name: 'Theirs' } });
  const team = await client.call(createTeam, { params: { id: organizationId }, body: { name: 'Theirs' } });
  const email = `${randomUUID()}@e2e.example`;
  const invitation = await client.call(invite, { body: { email, roles: ['viewer'] } });
  return new Map([
    ['organizations', organizationId],
    ['users', userId],
    ['business-units', place.businessUnitId],
    ['providers', place.providerId],
    ['work-teams', place.workTeamId],
    ['technicians', place.technicianId],
    ['customers', place.customerId],
    ['service-orders', place.order.id],
    ['bookings', booking.id],
    ['subscriptions', subscription.id],
    ['roles', role.id],
    ['teams', team.id],
    ['invitations', invitation.id],
  ]);
}
