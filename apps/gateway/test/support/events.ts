import {
  customerCreated,
  type EventContract,
  type EventEnvelope,
  routingKey,
  serviceOrderCreated,
} from '@orion/contracts';
import { names } from '@orion/messaging';
import { infrastructure } from '@orion/testing';
import { connect } from 'amqplib';
import { randomUUID } from 'node:crypto';

export interface Publisher {
  publish(...events: EventEnvelope[]): Promise<void>;
  close(): Promise<void>;
}

/** Stands for the relays of the other services. */
export async function startPublisher(namespace: string): Promise<Publisher> {
  const connection = await connect(infrastructure().rabbitmq);
  const channel = await connection.createConfirmChannel();
  return {
    async publish(...events) {
      for (const event of events) {
        channel.publish(names(namespace).events, routingKey(event.type), Buffer.from(JSON.stringify(event)), {
          contentType: 'application/cloudevents+json',
          messageId: event.id,
          persistent: true,
        });
      }
      await channel.waitForConfirms();
    },
    close: () => connection.close(),
  };
}

export const envelope = (
  contract: EventContract,
  organizationId: string,
  data: Record<string, unknown>,
): EventEnvelope => ({
  specversion: '1.0',
  id: randomUUID(),
  source: `/orion/${contract.type.split('.')[1]}`,
  type: contract.type,
  time: new Date().toISOString(),
  subject: randomUUID(),
  datacontenttype: 'application/json',
  data,
  organizationid: organizationId,
  correlationid: randomUUID(),
  sequence: 1,
});

export const customer = (organizationId: string, name: string): EventEnvelope =>
  envelope(customerCreated, organizationId, { customerId: randomUUID(), name, externalId: null });

export const order = (organizationId: string, serviceOrderId: string): EventEnvelope =>
  envelope(serviceOrderCreated, organizationId, {
    serviceOrderId,
    number: 'SO-000001',
    kind: 'REPAIR',
    title: 'Boiler',
    customerId: randomUUID(),
    customerName: 'Lyon Nord',
    externalId: null,
    earliestStart: '2026-11-24T08:00:00.000Z',
    latestStart: '2026-11-24T12:00:00.000Z',
  });
