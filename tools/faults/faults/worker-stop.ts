import type { Platform } from '@orion/access';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Mutation } from '../src/task';
import { type Count, isWhole, onGround } from './ground';

/** Between the signal and the stop of every part lies work of the event loop. */
const AT_ONCE_MS = 100;
const SLOW_MS = 60;
const UNDER_LOAD_MS = 2_000;

export interface WorkerStop {
  /** Handlers that started before and after the process was asked to end. */
  before: number;
  after: number;
  exitCode: number | null;
  tookMs: number;
}

type Told = { begun: string; at: number } | { asked: string; at: number };

const isTold = (message: unknown): message is Told =>
  typeof message === 'object' && message !== null && 'at' in message;

/** Consumers are told to end, one after another, while events flow; a last one takes what is left. */
export const consumersStopped = (
  platform: Platform,
  { rounds, mutation }: { rounds: number; mutation?: Mutation },
): Promise<{ stops: WorkerStop[]; count: Count }> =>
  onGround(platform, async (ground) => {
    const stops: WorkerStop[] = [];
    let next = await ground.start({ service: 'consumer', slowMs: SLOW_MS, mutation });
    const producer = await ground.start({ service: 'producer', flow: { lanes: 3, everyMs: 20 } });
    for (let round = 0; round < rounds; round++) {
      const consumer = next;
      const told: Told[] = [];
      consumer.on('message', (message) => isTold(message) && told.push(message));
      await sleep(UNDER_LOAD_MS);
      const asked = performance.now();
      consumer.kill('SIGTERM');
      await once(consumer, 'exit');
      const tookMs = performance.now() - asked;
      const moment = told.find((it) => 'asked' in it)?.at ?? 0;
      const begun = told.filter((it) => 'begun' in it);
      const after = begun.filter((it) => it.at > moment + AT_ONCE_MS).length;
      stops.push({ before: begun.length - after, after, exitCode: consumer.exitCode, tookMs });
      next = await ground.start({ service: 'consumer', mutation });
    }
    const asked = performance.now();
    producer.kill('SIGTERM');
    await once(producer, 'exit');
    const tookMs = performance.now() - asked;
    stops.push({ before: 0, after: 0, exitCode: producer.exitCode, tookMs });
    const relay = await ground.start({ service: 'producer' });
    const count = await ground.settle(isWhole, 60_000);
    await Promise.all([ground.stop(relay), ground.stop(next)]);
    return { stops, count };
  });
