import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Log } from '@orion/logger';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Departure } from './departure';
import type { StreamEvent } from './server-sent-events';
import { SERVER_SENT_EVENTS, type StreamForm } from './stream-form';

const HEARTBEAT_MS = 15_000;
/** A source that refuses does so at once; the stream is opened when it did not. */
const REFUSAL_MS = 100;

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
  /** Server-sent events by default. */
  form?: StreamForm;
}

/** Writes server-sent events and files; a slow listener is waited for, never buffered for without end. */
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
  async write(
    reply: Streamable,
    events: Source,
    { shape, untilEnded, form = SERVER_SENT_EVENTS }: StreamOptions,
  ): Promise<void> {
    const { headers, heartbeat } = form;
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
    raw.writeHead(200, headers);
    const beat = () => (heartbeat === undefined ? undefined : raw.write(heartbeat));
    beat();
    const timer = setInterval(beat, HEARTBEAT_MS);
    let whole = false;
    try {
      const write = (piece: StreamEvent<unknown>) =>
        raw.write(form.textOf({ ...piece, data: shape(piece.data) }));
      whole = await this.pass(first, source, listener, raw, write);
    } catch (error) {
      this.log.error('http_stream_failed', { error });
    } finally {
      clearInterval(timer);
      unwatch?.();
      this.open.delete(listener);
      source.return?.(undefined).catch(() => undefined);
      // Half a file must not look like a whole one.
      if (whole || heartbeat !== undefined) raw.end();
      else raw.destroy();
    }
  }

  /** @returns whether everything was written */
  private async pass(
    first: Promise<Next>,
    source: AsyncIterator<StreamEvent<unknown>>,
    listener: Departure,
    raw: ServerResponse,
    write: (piece: StreamEvent<unknown>) => boolean,
  ): Promise<boolean> {
    for (let wait = first; ; wait = source.next()) {
      const next = await listener.or(wait);
      if (next === 'gone') return false;
      if (next.done) return true;
      if (!write(next.value) && (await listener.or(drained(raw))) === 'gone') return false;
    }
  }
}

const drained = (raw: ServerResponse): Promise<void> => new Promise((resolve) => raw.once('drain', resolve));
