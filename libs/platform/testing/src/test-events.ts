import {
  type EventContract,
  type EventEnvelope,
  FullEnvelope,
  producerOf,
  routingKey,
} from '@orion/contracts';
import { withClient } from '@orion/database';
import { names } from '@orion/messaging';
import { connect } from 'amqplib';
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { infrastructure } from './infrastructure';
import type { TestService } from './test-service';

/** An event as the relay of its producer would send it; the first of its subject unless told otherwise. */
export const testEvent = <E extends EventContract>(
  contract: E,
  organizationId: string,
  data: z.input<E['data']>,
  more: Partial<FullEnvelope> = {},
): FullEnvelope =>
  FullEnvelope.parse({
    specversion: '1.0',
    id: randomUUID(),
    source: `/orion/${producerOf(contract.type)}`,
    type: contract.type,
    time: new Date().toISOString(),
    subject: randomUUID(),
    datacontenttype: 'application/json',
    data: contract.data.parse(data),
    organizationid: organizationId,
    correlationid: randomUUID(),
    sequence: 1,
    ...more,
  });

/** Puts events onto the bus, in this order; they are in the queues once it resolves. */
export async function sendEvents(
  { namespace }: Pick<TestService, 'namespace'>,
  ...events: EventEnvelope[]
): Promise<void> {
  const connection = await connect(infrastructure().rabbitmq);
  try {
    const channel = await connection.createConfirmChannel();
    for (const event of events) {
      const content = Buffer.from(JSON.stringify(event));
      channel.publish(names(namespace).events, routingKey(event.type), content, {
        contentType: 'application/cloudevents+json',
        messageId: event.id,
        persistent: true,
      });
    }
    await channel.waitForConfirms();
  } finally {
    await connection.close();
  }
}

/** What a service published about a subject, in order, from its outbox. */
export const publishedBy = ({ database }: TestService, subject: string): Promise<FullEnvelope[]> =>
  withClient(database.workerUrl, async (client) => {
    const { rows } = await client.query<{ envelope: string; sequence: string }>(
      'SELECT envelope, sequence FROM platform.outbox WHERE aggregate_id = $1 ORDER BY sequence',
      [subject],
    );
    return rows.map((it) =>
      FullEnvelope.parse({ ...JSON.parse(it.envelope), sequence: Number(it.sequence) }),
    );
  });
