import { event, type EventEnvelope } from '@orion/contracts';
import { z } from 'zod';

/** The moment at which a worker process kills itself with SIGKILL, while it handles the `after`-th batch or event. */
export type KillPoint =
  | 'producer after state'
  | 'producer after event'
  | 'relay before publish'
  | 'relay before confirm'
  | 'relay between confirm and mark'
  | 'consumer before commit'
  | 'consumer between commit and ack'
  | 'consumer between a page of a refill and its mark';

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

/** What a process does once it works; it tells the outcome as `done`. */
export type Assignment =
  /** Changes one thing first and commits it last, after `others` more were delivered. */
  | { name: 'commit late'; others: number }
  /** So many writers change two things at the same time, each so often; every fifth change is taken back. */
  | { name: 'write together'; writers: number; changes: number }
  /** Sends everything published once more to one consumer. */
  | { name: 'replay'; consumer: string }
  /** Hands one event to the inbox so often at the same time, past the queue and its order. */
  | { name: 'repeat'; event: EventEnvelope; times: number };

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
  assignment?: Assignment;
  kill?: { point: KillPoint; after: number };
  mutation?: Mutation;
  /** Ids of things whose events the consumer's handler cannot bear. */
  unbearable: string[];
  /** Milliseconds the consumer's handler takes; it takes none where nothing is said. */
  slowMs?: number;
  /** Connections to the database; 4 where nothing is said. */
  pool?: number;
}

export const thingHappened = event({
  type: 'orion.gateway.thing.happened.v1',
  summary: 'A thing of the fault tests happened',
  data: z.object({ thingId: z.uuid(), tags: z.array(z.string()).default([]) }),
});
