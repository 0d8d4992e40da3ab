import { type DynamicModule, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { JobsModule } from '@orion/database';
import { assertOneAmqplib } from './broker/one-amqplib';
import { QueueSender } from './broker/queue-sender';
import { ConsumerRegistry } from './consume/consumer.registry';
import { Consumers } from './consume/consumers';
import { Inbox } from './consume/inbox';
import { Receiver } from './consume/receiver';
import { ServiceTopology } from './consume/service-topology';
import { DeadLetterReceiver } from './dead-letters/dead-letter.receiver';
import { DeadLetterRepository } from './dead-letters/dead-letter.repository';
import { DeadLetters } from './dead-letters/dead-letters';
import { ErasureConsumer } from './erasure/erasure.consumer';
import { housekeeping } from './housekeeping.job';
import { MessagingHealth } from './messaging.health';
import { MESSAGING_OPTIONS, type MessagingOptions } from './messaging.options';
import { MessagingWatch } from './messaging.watch';
import { Outbox } from './outbox/outbox';
import { OutboxRepository } from './outbox/outbox.repository';
import { Relay } from './outbox/relay';
import { Answering } from './questions/answering';
import { Questions } from './questions/questions';
import { LostQueues } from './refill/lost-queues';
import { RefillJob } from './refill/refill.job';
import { RefillRepository } from './refill/refill.repository';
import { Replayer } from './refill/replayer';

/** Global: `Outbox`, `Questions`, `DeadLetters` and `MessagingHealth` can be injected everywhere. */
@Module({})
export class MessagingModule {
  static forService(options: MessagingOptions): DynamicModule {
    assertOneAmqplib();
    return {
      module: MessagingModule,
      global: true,
      imports: [DiscoveryModule, JobsModule.register([MessagingWatch, RefillJob, housekeeping])],
      providers: [
        { provide: MESSAGING_OPTIONS, useValue: options },
        Outbox,
        OutboxRepository,
        Relay,
        Inbox,
        Receiver,
        QueueSender,
        Replayer,
        RefillRepository,
        RefillJob,
        LostQueues,
        ServiceTopology,
        ConsumerRegistry,
        Consumers,
        DeadLetterRepository,
        DeadLetterReceiver,
        DeadLetters,
        ErasureConsumer,
        Questions,
        Answering,
        MessagingWatch,
        MessagingHealth,
      ],
      exports: [MESSAGING_OPTIONS, Outbox, Questions, DeadLetters, MessagingHealth],
    };
  }
}
