import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { MessagingHealth } from '@orion/messaging';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Task } from './task';
import type { ThingMaker } from './thing-maker';

const LOOK_MS = 20;

/** Tells each change of readiness, with what is wrong. */
export function watchReadiness(app: NestFastifyApplication): void {
  const health = app.get(MessagingHealth);
  let before = '';
  setInterval(() => {
    const troubles = health.troubles().join('; ');
    if (troubles !== before) process.send?.({ readiness: { troubles, at: Date.now() } });
    before = troubles;
  }, LOOK_MS).unref();
}

/** Makes things one after another, in so many lanes, until the process is told to end; a failure costs one thing. */
export function makeThings(things: ThingMaker, { lanes, everyMs }: NonNullable<Task['flow']>): void {
  let stopping = false;
  process.once('SIGTERM', () => (stopping = true));
  const lane = async () => {
    while (!stopping) {
      await things.another().catch(() => undefined);
      await sleep(everyMs);
    }
  };
  for (let n = 0; n < lanes; n++) void lane();
}
