import type { Log } from '@orion/logger';
import { Client } from 'pg';

const RECONNECT_MS = 1_000;
const PING_MS = 15_000;
/** What a relay in another process hears of an event late, at the most. */
const COALESCE_MS = 20;

const quoted = (channel: string): string => `"${channel.replaceAll('"', '""')}"`;

/**
 * NOTIFY and LISTEN on one connection of its own. Hints only: a lost one costs its hearer a polling interval.
 * They are sent after the commit and at most 50 times a second for each channel, since a NOTIFY inside a
 * transaction makes all commits of the server wait for each other.
 */
export class Signals {
  private readonly hearers = new Map<string, Set<() => void>>();
  private readonly held = new Map<string, { again: boolean; timer: NodeJS.Timeout }>();
  private client: Client | undefined;
  private opening: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(
    private readonly url: string,
    private readonly name: string,
    private readonly log: Log,
  ) {}

  listen(channel: string, heard: () => void): () => void {
    const hearers = this.hearers.get(channel) ?? new Set();
    hearers.add(heard);
    this.hearers.set(channel, hearers);
    if (this.client) void this.client.query(`LISTEN ${quoted(channel)}`).catch(() => undefined);
    else this.open();
    return () => hearers.delete(heard);
  }

  send(channel: string): void {
    this.hear(channel);
    const held = this.held.get(channel);
    if (held) {
      held.again = true;
      return;
    }
    this.emit(channel);
    const timer = setTimeout(() => {
      const again = this.held.get(channel)?.again;
      this.held.delete(channel);
      if (again && !this.closed) this.send(channel);
    }, COALESCE_MS);
    timer.unref();
    this.held.set(channel, { again: false, timer });
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    for (const { timer } of this.held.values()) clearTimeout(timer);
    await this.opening;
    const client = this.client;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  private hear(channel: string): void {
    for (const heard of this.hearers.get(channel) ?? []) heard();
  }

  private emit(channel: string): void {
    if (this.client) void this.client.query('SELECT pg_notify($1, $2)', [channel, '']).catch(() => undefined);
    else this.open();
  }

  private open(): void {
    if (this.closed || this.opening) return;
    this.opening = this.connect().finally(() => (this.opening = undefined));
  }

  private async connect(): Promise<void> {
    const client = new Client({
      connectionString: this.url,
      application_name: this.name,
      connectionTimeoutMillis: 10_000,
      query_timeout: 10_000,
      keepAlive: true,
      pipeline: true,
    });
    client.on('notification', ({ channel }) => this.hear(channel));
    client.on('error', () => this.lost(client));
    client.on('end', () => this.lost(client));
    try {
      await client.connect();
      for (const channel of this.hearers.keys()) await client.query(`LISTEN ${quoted(channel)}`);
      this.client = client;
      this.watch(client);
      for (const channel of this.hearers.keys()) this.hear(channel);
    } catch (error) {
      this.log.warn('database_listen_failed', { error });
      await client.end().catch(() => undefined);
      this.again();
    }
  }

  /** A connection that died silently answers no query; its error event then brings a new one. */
  private watch(client: Client): void {
    if (this.closed || this.client !== client) return;
    this.timer = setTimeout(() => {
      client.query('SELECT 1').then(
        () => this.watch(client),
        () => this.lost(client),
      );
    }, PING_MS);
    this.timer.unref();
  }

  private lost(client: Client): void {
    if (this.client !== client) return;
    this.client = undefined;
    void client.end().catch(() => undefined);
    this.again();
  }

  private again(): void {
    clearTimeout(this.timer);
    if (this.closed) return;
    this.timer = setTimeout(() => this.open(), RECONNECT_MS);
    this.timer.unref();
  }
}
