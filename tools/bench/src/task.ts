import { event } from '@orion/contracts';
import { z } from 'zod';

export const readingTaken = event({
  type: 'orion.gateway.reading.taken.v1',
  summary: 'A meter was read, for the benchmarks',
  data: z.object({ readingId: z.uuid(), note: z.string() }),
});

export const CONSUMER = 'consumer.effects';

/** Transactions that are written beside each other, each on a connection of its own. */
export const WRITERS = 16;

/** What a worker process is for, given in its environment as JSON. */
export interface Task {
  service: 'producer' | 'consumer';
  databaseUrl: string;
  workerDatabaseUrl: string;
  rabbitmqUrl: string;
  namespace: string;
  organizations: string[];
}

export type Order =
  /** As many states with an event each as fast as so many writers can. */
  | { do: 'write'; count: number; writers: number; by: 'statements' | 'prisma' }
  /** At a steady rate, however long each of them takes. */
  | { do: 'pace'; count: number; perSecond: number }
  /** Counts from nothing. */
  | { do: 'begin' }
  /** Answers once so many events are through. */
  | { do: 'await'; count: number };

/** Milliseconds of the machine's monotonic clock, the same in every process. */
export const now = (): number => Number(process.hrtime.bigint()) / 1e6;

export interface Written {
  startedAt: number;
  endedAt: number;
  /** When which event's transaction had committed; of paced ones only. */
  at: [string, number][];
}

export interface Passed {
  startedAt: number;
  endedAt: number;
  /** When which event was through. */
  at: [string, number][];
  /** Events that came after a later one of their aggregate, or twice. */
  disorder: number;
  /** Memory of the process while they went through. */
  memory: { at: number; bytes: number }[];
}
