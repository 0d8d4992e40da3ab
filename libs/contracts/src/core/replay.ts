import { z } from 'zod';
import { question } from './question';

const EventType = z.string().min(1).max(200);

/**
 * Asks a service to send a page of its events once more to one consumer, whose queue was lost. Every service of the
 * platform answers it, by its messaging alone; there is nothing to write for it in a service.
 *
 * Asked: the consumer, its event types, the time in which the events were written, and how far the pages before came.
 * Answered: how many were sent, how far this page came (null where it found nothing), and whether more may follow.
 * @throws the problem NOT_FOUND where the consumer has no queue, UPSTREAM_UNAVAILABLE where the broker took not all
 */
export const replayEvents = (service: string) =>
  question({
    pattern: `${service}.replay-events`,
    ask: z.strictObject({
      consumer: z.string().regex(/^[a-z0-9-]+\.[a-z0-9-]+$/),
      types: z.array(EventType).min(1).max(200),
      since: z.iso.datetime(),
      until: z.iso.datetime(),
      after: z.uuid().nullable(),
    }),
    answer: z.object({
      sent: z.int().nonnegative(),
      last: z.uuid().nullable(),
      more: z.boolean(),
    }),
  });
