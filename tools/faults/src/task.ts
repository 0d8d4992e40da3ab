import { event } from '@orion/contracts';
import { z } from 'zod';

/** The moment at which a worker process kills itself with SIGKILL, while it handles the `after`-th batch or event. */
export type KillPoint =
  | 'producer after state'
  | 'producer after event'
  | 'relay before publish'
  | 'relay before confirm'
  | 'relay between confirm and mark'
  | 'consumer before commit'
  | 'consumer between commit and ack';

/** A deliberate mistake: with it, the audit of the fault must fail. */
export type Mutation =
  | 'no inbox'
  | 'ack before commit'
  | 'cursor relay'
  /** The event is written in a transaction of its own. */
  | 'event apart'
  /** SIGTERM is heeded only after a while. */
  | 'late stop'
  /** A lost queue is made again, but never filled again. */
  | 'no refill';

export interface Task {
  service: 'producer' | 'consumer';
  databaseUrl: string;
  workerDatabaseUrl: string;
  rabbitmqUrl: string;
  namespace: string;
  organizationId: string;
  /** How many things to make, with an event each, before the relay starts its work. */
  produce: number;
  /** A keyed request, repeated until it has an answer. */
  keyed?: string;
  /** Things are made while it works: so many at the same time, with this pause after each, in milliseconds. */
  flow?: { lanes: number; everyMs: number };
  kill?: { point: KillPoint; after: number };
  mutation?: Mutation;
  /** Ids of things whose events the consumer's handler cannot bear. */
  unbearable: string[];
  /** Milliseconds the consumer's handler takes; it takes none where nothing is said. */
  slowMs?: number;
}

export const thingHappened = event({
  type: 'orion.gateway.thing.happened.v1',
  summary: 'A thing of the fault tests happened',
  data: z.object({ thingId: z.uuid() }),
});
