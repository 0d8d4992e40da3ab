import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { routingKey } from '@orion/contracts';
import { Alarm, Database, type Lease, Leases, runsWork, workLoop } from '@orion/database';
import { Log } from '@orion/logger';
import { setTimeout as sleep } from 'node:timers/promises';
import { names } from '../broker/names';
import { Publisher } from '../broker/publisher';
import { ServiceTopology } from '../consume/service-topology';
import { MESSAGING_OPTIONS, type MessagingOptions } from '../messaging.options';
import { dispatch } from './dispatch';
import { withSequence } from './envelope';
import { OUTBOX_CHANNEL } from './outbox';
import { OutboxRepository, type OutboxRow, RELAY_LEASE } from './outbox.repository';

const LEASE_MS = 6_000;
const POLL_MS = 500;
const BATCH = 500;
/** Events come in quick succession where a batch has so many rows; the next one then waits for more of them. */
const BUSY_ROWS = 16;
const GATHER_MS = 50;

/** A batch that the broker has confirmed, on its way to being marked as published. */
interface Batch {
  ids: readonly string[];
  marked: Promise<unknown>;
}

const NOTHING: Batch = { ids: [], marked: Promise.resolve() };

/** Carries the outbox to the broker. One relay of a service works at a time. */
@Injectable()
export class Relay implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly stop = new AbortController();
  private readonly alarm = new Alarm();
  private readonly exchange: string;
  private running: Promise<void> = Promise.resolve();
  private publisher: Publisher | undefined;
  private former = NOTHING;
  private away = false;

  constructor(
    @Inject(MESSAGING_OPTIONS) private readonly options: MessagingOptions,
    private readonly outbox: OutboxRepository,
    private readonly topology: ServiceTopology,
    private readonly database: Database,
    private readonly leases: Leases,
    private readonly log: Log,
  ) {
    this.exchange = names(options.namespace).events;
  }

  onApplicationBootstrap(): void {
    if (runsWork()) this.running = this.run();
  }

  onModuleDestroy(): void {
    this.stop.abort();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.running;
  }

  private async run(): Promise<void> {
    const deaf = this.database.listen(OUTBOX_CHANNEL, this.alarm.ring);
    await this.leases.hold(RELAY_LEASE, { ttlMs: LEASE_MS }, (lease) => this.work(lease), this.stop.signal);
    deaf();
    await this.publisher?.close();
  }

  private async work({ token, signal }: Lease): Promise<void> {
    const options = { everyMs: POLL_MS, alarm: this.alarm, failed: this.failed };
    await workLoop(options, () => this.step(token, signal), signal);
    await this.former.marked.catch(this.failed);
    this.former = NOTHING;
  }

  private readonly failed = (error: unknown): void => this.log.error('outbox_relay_failed', { error });

  /** Publishes one batch while the former one is being marked; true where more may wait. */
  private async step(token: bigint, stop: AbortSignal): Promise<boolean> {
    const { former } = this;
    const rows = await this.outbox.waiting(BATCH, former.ids);
    const confirmed = rows.length > 0 ? await this.dispatch(rows) : [];
    // What could not be marked is read again, and published again.
    await former.marked.catch(this.failed);
    this.former = confirmed.length > 0 ? this.mark(confirmed, token) : NOTHING;
    if (rows.length === BATCH) return confirmed.length === rows.length;
    // A few fuller batches cost broker, database and consumers less than many small ones.
    if (rows.length >= BUSY_ROWS) await sleep(GATHER_MS, undefined, { signal: stop }).catch(() => undefined);
    return false;
  }

  private mark(ids: string[], token: bigint): Batch {
    const marked = this.outbox.markPublished(ids, token);
    // Told of one step later.
    marked.catch(() => undefined);
    return { ids, marked };
  }

  /** @returns ids of the rows the broker has confirmed */
  private async dispatch(rows: OutboxRow[]): Promise<string[]> {
    const publisher = await this.connected();
    if (!publisher || publisher.paused) return [];
    const confirmed = await dispatch(
      rows,
      (row) => this.publish(publisher, row),
      (row, error) => this.log.debug('outbox_publish_failed', { eventId: row.id, error }),
    );
    if (confirmed.length < rows.length) {
      this.log.warn('outbox_publish_unconfirmed', { rows: rows.length - confirmed.length });
    }
    return confirmed;
  }

  private publish(publisher: Publisher, row: OutboxRow): Promise<void> {
    return publisher.publish(
      this.exchange,
      routingKey(row.type),
      withSequence(row.envelope, Number(row.sequence)),
      {
        messageId: row.id,
        type: row.type,
        contentType: 'application/cloudevents+json',
      },
    );
  }

  private async connected(): Promise<Publisher | undefined> {
    if (this.publisher?.usable) return this.publisher;
    await this.publisher?.close();
    this.publisher = undefined;
    try {
      const { url, namespace, service } = this.options;
      this.publisher = await Publisher.open(url, `${namespace} ${service}`, (channel, connection) =>
        this.topology.assert(channel, connection),
      );
      if (this.away) this.log.info('broker_publisher_returned');
      this.away = false;
    } catch (error) {
      if (!this.away) this.log.warn('broker_publisher_unavailable', { error });
      this.away = true;
    }
    return this.publisher;
  }
}
