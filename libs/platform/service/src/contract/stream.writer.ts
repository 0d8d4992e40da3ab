import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Log } from '@orion/logger';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { eventText, HEARTBEAT, type StreamEvent } from './server-sent-events';

const HEARTBEAT_MS = 15_000;

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
  connection: 'keep-alive',
};

/** Writes server-sent events; a slow listener is waited for, never buffered for without end. */
@Injectable()
export class StreamWriter implements BeforeApplicationShutdown {
  private readonly open = new Set<() => void>();

  constructor(private readonly log: Log) {}

  beforeApplicationShutdown(): void {
    for (const end of this.open) end();
  }

  async write(
    { raw: request }: { raw: IncomingMessage },
    response: ServerResponse,
    events: AsyncIterable<StreamEvent<unknown>>,
    shape: (data: unknown) => unknown,
  ): Promise<void> {
    const iterator = events[Symbol.asyncIterator]();
    const { promise: gone, resolve } = Promise.withResolvers<'gone'>();
    const end = () => resolve('gone');
    this.open.add(end);
    response.once('close', end);
    request.socket.setNoDelay(true);
    response.writeHead(200, HEADERS);
    response.write(HEARTBEAT);
    const heartbeat = setInterval(() => response.write(HEARTBEAT), HEARTBEAT_MS);
    try {
      for (;;) {
        const next = await Promise.race([iterator.next(), gone]);
        if (next === 'gone' || next.done) break;
        const drained = response.write(eventText({ ...next.value, data: shape(next.value.data) }));
        if (!drained && (await Promise.race([onceDrained(response), gone])) === 'gone') break;
      }
    } catch (error) {
      this.log.error('http_stream_failed', { error });
    } finally {
      clearInterval(heartbeat);
      this.open.delete(end);
      void iterator.return?.(undefined)?.catch(() => undefined);
      response.end();
    }
  }
}

const onceDrained = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => response.once('drain', resolve));
