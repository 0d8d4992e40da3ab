import {
  assignmentCreated,
  bookingConfirmed,
  bookingMoved,
  type EventContract,
  EventEnvelope,
  routingKey,
  serviceOrderCancelled,
} from '@orion/contracts';
import { names } from '@orion/messaging';
import { eventually, infrastructure } from '@orion/testing';
import { type ChannelModel, connect } from 'amqplib';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';

/** Once the service consumes, what is sent finds its queues. */
async function consuming(connection: ChannelModel, namespace: string): Promise<void> {
  for (const consumer of ['notification.mail', 'notification.webhooks']) {
    const queue = names(namespace).consumerQueue(consumer);
    await eventually(async () => {
      const channel = await connection.createChannel();
      channel.on('error', () => undefined);
      const { consumerCount } = await channel.checkQueue(queue);
      await channel.close();
      if (consumerCount === 0) throw new Error(`${queue} has no consumer`);
    });
  }
}

/** Puts events onto the bus as another service's relay would. */
export async function openBus(namespace: string) {
  const connection = await connect(infrastructure().rabbitmq);
  await consuming(connection, namespace);
  const channel = await connection.createConfirmChannel();
  return {
    async send(envelope: EventEnvelope): Promise<void> {
      const content = Buffer.from(JSON.stringify(envelope));
      channel.publish(names(namespace).events, routingKey(envelope.type), content, { persistent: true });
      await channel.waitForConfirms();
    },
    close: () => connection.close(),
  };
}

export type Bus = Awaited<ReturnType<typeof openBus>>;

export function envelope<E extends EventContract>(
  contract: E,
  organizationId: string,
  data: z.input<E['data']>,
  more: Partial<EventEnvelope> = {},
): EventEnvelope {
  return EventEnvelope.parse({
    specversion: '1.0',
    id: uuid(),
    source: '/orion/scheduling',
    type: contract.type,
    time: new Date().toISOString(),
    subject: uuid(),
    datacontenttype: 'application/json',
    data: contract.data.parse(data),
    organizationid: organizationId,
    correlationid: `test-${uuid()}`,
    sequence: 1,
    ...more,
  });
}

const HOUR = 3_600_000;
const tomorrow = (hours: number): string => new Date(Date.now() + (24 + hours) * HOUR).toISOString();

const job = (title: string) => ({
  serviceOrderId: uuid(),
  number: 'SO-0042',
  kind: 'REPAIR' as const,
  title,
  address: '12 Rue de la République, 69001 Lyon',
  timezone: 'Europe/Paris',
});
const ann = () => ({ id: uuid(), name: 'Ann Martin', email: 'ann@example.org', language: 'en' as const });
const tom = () => ({ id: uuid(), name: 'Tom Petit', email: 'tom@example.org', language: 'fr' as const });

const booking = (title: string) => ({
  bookingId: uuid(),
  technicianId: uuid(),
  technicianName: 'Tom Petit',
  startsAt: tomorrow(0),
  endsAt: tomorrow(1),
  job: job(title),
  customer: ann(),
});

export const confirmedEvent = (organizationId: string, title = 'Boiler', more: Partial<EventEnvelope> = {}) =>
  envelope(bookingConfirmed, organizationId, booking(title), more);

export const movedEvent = (organizationId: string) => {
  const data = booking('Boiler');
  return envelope(bookingMoved, organizationId, {
    ...data,
    from: { technicianId: data.technicianId, startsAt: tomorrow(5), endsAt: tomorrow(6) },
  });
};

export const assignedEvent = (organizationId: string) =>
  envelope(assignmentCreated, organizationId, {
    assignmentId: uuid(),
    bookingId: uuid(),
    startsAt: tomorrow(0),
    endsAt: tomorrow(1),
    job: job('Boiler'),
    instructions: 'Ring twice',
    customer: ann(),
    technician: tom(),
  });

export const cancelledEvent = (organizationId: string) =>
  envelope(serviceOrderCancelled, organizationId, {
    serviceOrderId: uuid(),
    number: 'SO-0042',
    reason: 'moved away',
    customer: ann(),
    job: job('Boiler'),
  });
