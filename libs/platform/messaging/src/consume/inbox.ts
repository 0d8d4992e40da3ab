import { Injectable } from '@nestjs/common';
import type { EventEnvelope } from '@orion/contracts';
import { CONNECTION_BUDGET, Database } from '@orion/database';
import { AsyncLocalStorage } from 'node:async_hooks';
import { isOutage } from './outage';
import { Groups } from './groups';

/** In the order of their ids, so that two transactions never wait for each other's. */
const REMEMBER = {
  name: 'inbox_insert',
  text: `
  INSERT INTO platform.inbox (consumer, event_id, organization_id)
  SELECT $1, event_id, $3::uuid FROM unnest($2::uuid[]) AS event_id ORDER BY event_id
  ON CONFLICT DO NOTHING
  RETURNING event_id`,
};

/** Transactions of events in a process: half of the application's pool, so that requests never wait for events. */
const TRANSACTIONS = CONNECTION_BUDGET.app / 2;
/** Events that share a transaction, where they would have to wait for one otherwise. */
const MOST_TOGETHER = 16;

interface Delivery {
  consumer: string;
  event: EventEnvelope;
  effect: (tx: unknown) => Promise<void>;
  settle: PromiseWithResolvers<boolean>;
}

/**
 * One effect for each consumer and event, however often the event is delivered. Events of one consumer and organization
 * share a transaction when many wait. Where a shared one fails nobody is blamed: each of its events is tried again
 * alone, and the consumer's next groups are smaller for a while.
 */
@Injectable()
export class Inbox {
  private readonly together = new Map<string, number>();
  private readonly groups = new Groups<Delivery>(
    TRANSACTIONS,
    (key) => this.together.get(key) ?? MOST_TOGETHER,
    (key, group) => this.commit(key, group),
  );

  constructor(private readonly database: Database) {}

  /** Runs `effect` in a transaction together with the memory of it; false for an event seen before. */
  once(consumer: string, event: EventEnvelope, effect: (tx: unknown) => Promise<void>): Promise<boolean> {
    const settle = Promise.withResolvers<boolean>();
    // Another event's delivery may begin the transaction.
    const own = AsyncLocalStorage.bind(effect);
    this.groups.add(`${consumer} ${event.organizationid}`, { consumer, event, effect: own, settle });
    return settle.promise;
  }

  private async commit(key: string, group: Delivery[]): Promise<void> {
    try {
      const fresh = await this.takeEffect(group);
      for (const { event, settle } of group) settle.resolve(fresh.delete(event.id));
      this.joinMore(key);
    } catch (error) {
      if (group.length === 1 || isOutage(error)) for (const { settle } of group) settle.reject(error);
      else this.separate(key, group);
    }
  }

  /** @returns ids of the events that took effect */
  private takeEffect(group: Delivery[]): Promise<Set<string>> {
    const [{ consumer, event }] = group as [Delivery];
    return this.database.tenant(event.organizationid, async (tx) => {
      const values = [consumer, group.map((it) => it.event.id), event.organizationid];
      const { rows } = await this.database.statement<{ event_id: string }>(tx as object, REMEMBER, values);
      const fresh = new Set(rows.map((it) => it.event_id));
      const due = new Set(fresh);
      for (const it of group) if (due.delete(it.event.id)) await it.effect(tx);
      return fresh;
    });
  }

  private separate(key: string, group: Delivery[]): void {
    this.together.set(key, Math.max(1, Math.floor(group.length / 2)));
    for (const it of group) this.groups.add(`${key} ${it.event.id}`, it);
  }

  private joinMore(key: string): void {
    const most = this.together.get(key);
    if (most === undefined) return;
    if (most + 1 < MOST_TOGETHER) this.together.set(key, most + 1);
    else this.together.delete(key);
  }
}
