import { Inject, Injectable } from '@nestjs/common';
import type { EventEnvelope } from '@orion/contracts';
import { Database, type RawTx } from '@orion/database';
import { Inbox } from '@orion/messaging';
import { die } from './die';
import type { Task } from './task';
import { TASK } from './task.provider';

/** The inbox as it is, with the kill points of its surroundings, or one of the named mistakes in its place. */
@Injectable()
export class FaultyInbox extends Inbox {
  private handled = 0;

  constructor(
    private readonly state: Database,
    @Inject(TASK) private readonly task: Task,
  ) {
    super(state);
  }

  override async once(
    consumer: string,
    event: EventEnvelope,
    effect: (tx: unknown) => Promise<void>,
  ): Promise<boolean> {
    this.handled += 1;
    const mine = this.handled === this.task.kill?.after;
    const run = () =>
      this.remembered(consumer, event, async (tx) => {
        await effect(tx);
        if (mine && this.task.kill?.point === 'consumer before commit') die();
      });
    if (this.task.mutation === 'ack before commit') {
      void run();
      return true;
    }
    const fresh = await run();
    if (mine && this.task.kill?.point === 'consumer between commit and ack') die();
    return fresh;
  }

  private remembered(
    consumer: string,
    event: EventEnvelope,
    effect: (tx: unknown) => Promise<void>,
  ): Promise<boolean> {
    if (this.task.mutation !== 'no inbox') return super.once(consumer, event, effect);
    return this.state.tenant(event.organizationid, async (tx: RawTx) => {
      await effect(tx);
      return true;
    });
  }
}
