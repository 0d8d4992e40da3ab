import type { INestApplication } from '@nestjs/common';
import { Database } from '@orion/database';
import { DeadLetters, Inbox, Outbox } from '@orion/messaging';
import { commitLate } from './commit-late';
import { EffectConsumer } from './effect.consumer';
import type { PrismaClient } from './generated/prisma/client';
import { type Assignment, type Task, thingHappened } from './task';
import { writeTogether } from './write-together';

const HOUR_MS = 3_600_000;

export interface Outcome {
  /** How many were changed, sent or taken. */
  count: number;
  /** Why nothing was done. */
  refused?: string;
}

/** @returns what became of it; a refusal is an outcome, too */
export async function carryOut(app: INestApplication, task: Task, assignment: Assignment): Promise<Outcome> {
  try {
    return { count: await worked(app, task, assignment) };
  } catch (error) {
    return { count: 0, refused: String(error) };
  }
}

function worked(app: INestApplication, task: Task, assignment: Assignment): Promise<number> {
  const database = app.get<Database<PrismaClient>>(Database);
  const outbox = app.get(Outbox);
  switch (assignment.name) {
    case 'commit late':
      return commitLate(database, outbox, task, assignment.others);
    case 'write together':
      return writeTogether(database, outbox, task, assignment);
    case 'replay': {
      const around = [-HOUR_MS, HOUR_MS].map((it) => new Date(Date.now() + it)) as [Date, Date];
      return app.get(DeadLetters).replayPublished(assignment.consumer, [thingHappened.type], ...around);
    }
    case 'repeat':
      return repeat(app, assignment);
  }
}

/** How often it was taken for new. */
async function repeat(
  app: INestApplication,
  { event, times }: Extract<Assignment, { name: 'repeat' }>,
): Promise<number> {
  const consumer = app.get(EffectConsumer);
  const inbox = app.get(Inbox);
  const once = () => inbox.once(consumer.name, event, (tx) => consumer.handle(tx as never, event));
  const fresh = await Promise.all(Array.from({ length: times }, once));
  return fresh.filter(Boolean).length;
}
