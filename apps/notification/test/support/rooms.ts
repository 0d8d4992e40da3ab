import { createWebhookSubscription, testWebhookSubscription } from '@orion/contracts';
import { type RoomInputs, type RoomRow, type Rooms, testAdmin } from '@orion/testing';

const subscription: Rooms[string] = async (service): Promise<RoomRow> => {
  const admin = testAdmin();
  const body = { url: 'http://127.0.0.1:9/hook', eventTypes: ['*'] };
  const { id } = await service.call(createWebhookSubscription, { body }, { as: admin });
  return { id, admin };
};

const delivery: Rooms[string] = async (service): Promise<RoomRow> => {
  const { id: subscriptionId, admin } = await subscription(service);
  const { id } = await service.call(
    testWebhookSubscription,
    { params: { id: subscriptionId } },
    { as: admin },
  );
  return { id, admin };
};

/** How the tests of notification come by a row of each room. */
export const ROOMS: Rooms = { deliveries: delivery, subscriptions: subscription };

/** What an endpoint has to be sent beside the id, so that nothing but the id can be wrong. */
export const INPUTS: RoomInputs = {
  'webhooks.subscriptions.replace': { body: { url: 'http://127.0.0.1:9/hook', eventTypes: ['*'] } },
};
