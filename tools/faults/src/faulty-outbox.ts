import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@orion/database';
import { OutboxRepository, type OutboxRow } from '@orion/messaging';
import { die } from './die';
import type { Task } from './task';
import { TASK } from './task.provider';

/** Rows at a time where a process is to be killed, so that it falls into the middle of the work. */
const BATCH = 20;

/** The relay's view of the outbox, with its kill points, or the named mistake in its place. */
@Injectable()
export class FaultyOutbox extends OutboxRepository {
  private batches = 0;
  private cursor: string | undefined;

  constructor(
    database: Database,
    @Inject(TASK) private readonly task: Task,
  ) {
    super(database);
  }

  override async waiting(limit: number, except: readonly string[]): Promise<OutboxRow[]> {
    const rows = this.ahead(await super.waiting(this.task.kill ? BATCH : limit, except));
    if (rows.length === 0) return rows;
    this.batches += 1;
    if (this.isTime('relay before publish')) die();
    // Publishing starts when this returns; the first confirm takes the broker longer than this.
    if (this.isTime('relay before confirm')) setImmediate(() => setImmediate(die));
    return rows;
  }

  override async markPublished(ids: string[], token: bigint): Promise<number> {
    if (this.isTime('relay between confirm and mark')) die();
    return super.markPublished(ids, token);
  }

  /** The mistake: what lies behind the highest id seen is taken as sent. */
  private ahead(rows: OutboxRow[]): OutboxRow[] {
    if (this.task.mutation !== 'cursor relay') return rows;
    const { cursor } = this;
    const fresh = rows.filter((row) => cursor === undefined || row.id > cursor);
    this.cursor = fresh.at(-1)?.id ?? cursor;
    return fresh;
  }

  private isTime(point: string): boolean {
    return this.task.kill?.point === point && this.task.kill.after === this.batches;
  }
}
