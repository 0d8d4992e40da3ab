import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Log } from '@orion/logger';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Departure } from './departure';
import { eventText, HEARTBEAT, type StreamEvent } from './server-sent-events';

const HEARTBEAT_MS = 15_000;
/** A source that refuses does so at once; the stream is opened when it did not. */
const REFUSAL_MS = 100;

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
};

export interface Streamable {
  raw: ServerResponse;
  /** Takes the answer out of the framework's hands. */
  hijack(): unknown;
}

type Source = AsyncIterable<StreamEvent<unknown>>;
type Next = IteratorResult<StreamEvent<unknown>>;

export interface StreamOptions {
  /** Checks what is sent. */
  shape: (data: unknown) => unknown;
  /** Calls `end` when the caller may hear no more; answers with the way to stop watching. */
  untilEnded?: (end: () => void) => () => void;
}

/** Writes server-sent events; a slow listener is waited for, never buffered for without end. */
@Injectable()
export class StreamWriter implements BeforeApplicationShutdown {
  private readonly open = new Set<Departure>();

  constructor(private readonly log: Log) {}

  beforeApplicationShutdown(): void {
    for (const listener of this.open) listener.happen();
  }

  /**
   * Returns when the source has ended or the listener has gone.
   * @throws what the source throws at once, while the answer can still be a refusal
   */
  async write(reply: Streamable, events: Source, { shape, untilEnded }: StreamOptions): Promise<void> {
    const source = events[Symbol.asyncIterator]();
    const first = source.next();
    await Promise.race([first, sleep(REFUSAL_MS)]);
    reply.hijack();
    const { raw } = reply;
    const listener = new Departure();
    raw.once('close', listener.happen);
    this.open.add(listener);
    const unwatch = untilEnded?.(listener.happen);
    raw.socket?.setNoDelay(true);
    raw.writeHead(200, HEADERS).write(HEARTBEAT);
    const heartbeat = setInterval(() => raw.write(HEARTBEAT), HEARTBEAT_MS);
    try {
      await this.pass(first, source, listener, raw, shape);
    } catch (error) {
      this.log.error('http_stream_failed', { error });
    } finally {
      clearInterval(heartbeat);
      unwatch?.();
      this.open.delete(listener);
      source.return?.(undefined).catch(() => undefined);
      raw.end();
    }
  }

  private async pass(
    first: Promise<Next>,
    source: AsyncIterator<StreamEvent<unknown>>,
    listener: Departure,
    raw: ServerResponse,
    shape: (data: unknown) => unknown,
  ): Promise<void> {
    for (let wait = first; ; wait = source.next()) {
      const next = await listener.or(wait);
      if (next === 'gone' || next.done) return;
      const text = eventText({ ...next.value, data: shape(next.value.data) });
      if (!raw.write(text) && (await listener.or(drained(raw))) === 'gone') return;
    }
  }
}

const drained = (raw: ServerResponse): Promise<void> => new Promise((resolve) => raw.once('drain', resolve));
