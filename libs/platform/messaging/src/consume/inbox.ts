import { Injectable } from '@nestjs/common';
import type { EventEnvelope } from '@orion/contracts';
import { CONNECTION_BUDGET, Database } from '@orion/database';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { GroupConsumer } from './event-consumer';
import { Groups } from './groups';
import { isOutage } from './outage';

/** In the order of their ids, so that two transactions never wait for each other's. */
const REMEMBER = {
  name: 'inbox_insert',
  text: `
  INSERT INTO platform.inbox (consumer, event_id, organization_id)
  SELECT $1, event_id, $3::uuid FROM unnest($2::uuid[]) AS event_id ORDER BY event_id
  ON CONFLICT DO NOTHING
  RETURNING event_id`,
};

interface Limits {
  /** Of events in this process at the same time. */
  transactions: number;
  /** Events that share a transaction, where they would have to wait for one otherwise. */
  together: number;
}

/** Half of the application's pool in all, so that requests never wait for events. */
const OWN_EFFECTS: Limits = { transactions: CONNECTION_BUDGET.app / 2 - 1, together: 16 };
const SHARED_EFFECTS: Limits = { transactions: 1, together: 64 };

type Effect = (tx: unknown) => Promise<void>;
type SharedEffect = GroupConsumer['handleTogether'];

interface Delivery {
  consumer: string;
  event: EventEnvelope;
  effect: { own: Effect } | { shared: SharedEffect };
  settle: PromiseWithResolvers<boolean>;
}

/** Of each fresh event one delivery, however many of them are in the group. */
function firstOfEach(group: Delivery[], fresh: ReadonlySet<string>): Delivery[] {
  const due = new Set(fresh);
  return group.filter((it) => due.delete(it.event.id));
}

/**
 * One effect for each consumer and event, however often the event is delivered. Events of one consumer and organization
 * share a transaction when many wait. Where a shared one fails nobody is blamed: each of its events is tried again
 * alone, and the consumer's next groups are smaller for a while.
 */
@Injectable()
export class Inbox {
  /** For whom a shared transaction failed: how many may share one now. */
  private readonly fewer = new Map<string, number>();
  private readonly own = this.groupsOf(OWN_EFFECTS);
  private readonly shared = this.groupsOf(SHARED_EFFECTS);

  constructor(private readonly database: Database) {}

  /** Runs `effect` in a transaction together with the memory of it; false for an event seen before. */
  once(consumer: string, event: EventEnvelope, effect: Effect): Promise<boolean> {
    // Another event's delivery may begin the transaction.
    return this.add(consumer, event, { own: AsyncLocalStorage.bind(effect) });
  }

  /** As `once`; events that share a transaction share one `effect`, too. */
  onceTogether(consumer: string, event: EventEnvelope, effect: SharedEffect): Promise<boolean> {
    return this.add(consumer, event, { shared: effect });
  }

  private add(consumer: string, event: EventEnvelope, effect: Delivery['effect']): Promise<boolean> {
    const settle = Promise.withResolvers<boolean>();
    const groups = 'shared' in effect ? this.shared : this.own;
    groups.add(`${consumer} ${event.organizationid}`, { consumer, event, effect, settle });
    return settle.promise;
  }

  private groupsOf({ transactions, together }: Limits): Groups<Delivery> {
    const commit = async (key: string, group: Delivery[]): Promise<void> => {
      try {
        const fresh = await this.takeEffect(group);
        for (const { event, settle } of group) settle.resolve(fresh.delete(event.id));
        this.joinMore(key, together);
      } catch (error) {
        if (group.length === 1 || isOutage(error)) for (const { settle } of group) settle.reject(error);
        else {
          this.fewer.set(key, Math.max(1, Math.floor(group.length / 2)));
          for (const it of group) groups.add(`${key} ${it.event.id}`, it);
        }
      }
    };
    const groups = new Groups<Delivery>(transactions, (key) => this.fewer.get(key) ?? together, commit);
    return groups;
  }

  /** @returns ids of the events that took effect */
  private takeEffect(group: Delivery[]): Promise<Set<string>> {
    const [{ event, effect }] = group as [Delivery];
    const { organizationid } = event;
    return 'shared' in effect
      ? this.database.statements(organizationid, async (tx) => {
          const fresh = await this.remember(tx, group);
          const due = firstOfEach(group, fresh);
          const events = due.map((it) => it.event);
          if (events.length > 0) await effect.shared(tx, organizationid, events);
          return fresh;
        })
      : this.database.tenant(organizationid, async (tx) => {
          const fresh = await this.remember(tx as object, group);
          for (const it of firstOfEach(group, fresh)) if ('own' in it.effect) await it.effect.own(tx);
          return fresh;
        });
  }

  /** @returns ids of the events that were not known */
  private async remember(tx: object, group: Delivery[]): Promise<Set<string>> {
    const [{ consumer, event }] = group as [Delivery];
    const values = [consumer, group.map((it) => it.event.id), event.organizationid];
    const { rows } = await this.database.statement<{ event_id: string }>(tx, REMEMBER, values);
    return new Set(rows.map((it) => it.event_id));
  }

  private joinMore(key: string, together: number): void {
    const most = this.fewer.get(key);
    if (most === undefined) return;
    if (most + 1 < together) this.fewer.set(key, most + 1);
    else this.fewer.delete(key);
  }
}
