import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@orion/database';
import { type Refill, RefillRepository } from '@orion/messaging';
import { die } from './die';
import type { Task } from './task';
import { TASK } from './task.provider';

/** What lost queues are owed, with the kill point of who claims it, or the named mistake in its place. */
@Injectable()
export class FaultyRefills extends RefillRepository {
  private pages = 0;

  constructor(
    database: Database,
    @Inject(TASK) private readonly task: Task,
  ) {
    super(database);
  }

  override next(): Promise<Refill | undefined> {
    return this.task.mutation === 'no refill' ? Promise.resolve(undefined) : super.next();
  }

  override advance(...page: Parameters<RefillRepository['advance']>): Promise<void> {
    this.pages += 1;
    const { kill } = this.task;
    if (kill?.point === 'consumer between a page of a refill and its mark' && kill.after === this.pages)
      die();
    return super.advance(...page);
  }
}
