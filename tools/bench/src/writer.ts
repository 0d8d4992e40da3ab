import type { Database } from '@orion/database';
import type { Outbox } from '@orion/messaging';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PrismaClient } from './generated/prisma/client';
import { now, readingTaken, type Task, type Written } from './task';

const METERS = 1_000;
/** Makes the event's message 1 KiB long. */
const NOTE = 'n'.repeat(590);

/** Writes states and their events through the platform's own transaction. */
export class Writer {
  private made = 0;

  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly outbox: Outbox,
    private readonly task: Task,
  ) {}

  async write(count: number, writers: number): Promise<Written> {
    const startedAt = now();
    let left = count;
    const writer = async () => {
      while (left-- > 0) await this.one();
    };
    await Promise.all(Array.from({ length: writers }, writer));
    return { startedAt, endedAt: now(), at: [] };
  }

  async pace(count: number, perSecond: number): Promise<Written> {
    const startedAt = now();
    const at: [string, number][] = [];
    const writes: Promise<unknown>[] = [];
    while (writes.length < count) {
      const due = startedAt + (writes.length * 1_000) / perSecond;
      await sleep(Math.max(0, due - now()));
      writes.push(this.one().then((id) => at.push([id, now()])));
    }
    await Promise.all(writes);
    return { startedAt, endedAt: now(), at };
  }

  private async one(): Promise<string> {
    const { organizations } = this.task;
    const turn = this.made++;
    const organizationId = organizations[turn % organizations.length] ?? '';
    const meter = `meter-${turn % METERS}`;
    const readingId = randomUUID();
    return this.database.tenant(organizationId, async (tx) => {
      await tx.reading.create({ data: { id: readingId, organizationId, meter, value: turn } });
      const data = { readingId, note: NOTE };
      return (await this.outbox.publish(tx, readingTaken, { organizationId, subject: meter, data })).id;
    });
  }
}
