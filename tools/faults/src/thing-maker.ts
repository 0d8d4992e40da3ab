import type { Database, TxOf } from '@orion/database';
import type { Outbox } from '@orion/messaging';
import { randomUUID } from 'node:crypto';
import { die } from './die';
import type { PrismaClient } from './generated/prisma/client';
import { type KillPoint, type Task, thingHappened } from './task';

type Tx = TxOf<PrismaClient>;

/** Changes the state and publishes the event of it, with the kill points of a producer, or the named mistake. */
export class ThingMaker {
  private made = 0;

  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly outbox: Outbox,
    private readonly task: Task,
  ) {}

  /** One more thing, in a transaction of its own. */
  async another(): Promise<void> {
    await this.database.tenant(this.task.organizationId, (tx) => this.make(tx));
  }

  /** Answers with the thing's id. */
  async make(tx: Tx): Promise<string> {
    const id = randomUUID();
    this.made += 1;
    await tx.thing.create({ data: { id, organizationId: this.task.organizationId } });
    this.dieAt('producer after state');
    if (this.task.mutation === 'event apart')
      await this.database.tenant(this.task.organizationId, (other) => this.publish(other, id));
    else await this.publish(tx, id);
    this.dieAt('producer after event');
    return id;
  }

  private async publish(tx: Tx, id: string): Promise<void> {
    const { organizationId } = this.task;
    await this.outbox.publish(tx, thingHappened, { organizationId, subject: id, data: { thingId: id } });
  }

  private dieAt(point: KillPoint): void {
    if (this.task.kill?.point === point && this.task.kill.after === this.made) die();
  }
}
