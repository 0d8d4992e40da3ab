import type { Database } from '@orion/database';
import type { Outbox } from '@orion/messaging';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PrismaClient } from './generated/prisma/client';
import { now, readingTaken, type Task, type Written } from './task';

const METERS = 1_000;
/** Makes the event's message 1 KiB long. */
const NOTE = 'n'.repeat(590);

const WRITE = {
  name: 'reading_insert',
  text: 'INSERT INTO reading (id, organization_id, meter, value) VALUES ($1, $2, $3, $4)',
};

/** Writes states and their events through the platform's own transaction. */
export class Writer {
  private made = 0;

  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly outbox: Outbox,
    private readonly task: Task,
  ) {}

  async write(count: number, writers: number, by: 'statements' | 'prisma'): Promise<Written> {
    const startedAt = now();
    let left = count;
    const writer = async () => {
      while (left-- > 0) await this.one(by);
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
      writes.push(this.one('statements').then((id) => at.push([id, now()])));
    }
    await Promise.all(writes);
    return { startedAt, endedAt: now(), at };
  }

  /** @param by what the state is written with; the event goes the same way with both */
  private one(by: 'statements' | 'prisma'): Promise<string> {
    const { organizations } = this.task;
    const turn = this.made++;
    const organizationId = organizations[turn % organizations.length] ?? '';
    const row = { id: randomUUID(), organizationId, meter: `meter-${turn % METERS}`, value: turn };
    if (by === 'prisma') {
      return this.database.tenant(organizationId, async (tx) => {
        await tx.reading.create({ data: row });
        return this.tell(tx, row);
      });
    }
    return this.database.statements(organizationId, (tx) => {
      this.database.atCommit(tx, WRITE, [row.id, organizationId, row.meter, turn], WRITE.name);
      return this.tell(tx, row);
    });
  }

  private async tell(
    tx: object,
    row: { id: string; organizationId: string; meter: string },
  ): Promise<string> {
    const { id: readingId, organizationId, meter: subject } = row;
    const fact = { organizationId, subject, data: { readingId, note: NOTE } };
    return (await this.outbox.publish(tx, readingTaken, fact)).id;
  }
}
