import type { FileUse } from '@orion/contracts';
import { eventText, HEARTBEAT, type StreamEvent } from './server-sent-events';

/** How a stream looks on the wire. */
export interface StreamForm {
  headers: Readonly<Record<string, string>>;
  /** The text of one piece. */
  textOf: (piece: StreamEvent<unknown>) => string;
  /** Written at the beginning and whenever nothing else was for long; none where everything written counts. */
  heartbeat?: string;
}

export const SERVER_SENT_EVENTS: StreamForm = {
  headers: {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  },
  textOf: eventText,
  heartbeat: HEARTBEAT,
};

/** A file to be kept, in the format that was asked for. One that is broken off ends without its last chunk. */
export const fileForm = ({ name, types }: FileUse, format: string): StreamForm => ({
  headers: {
    'content-type': types[format] ?? 'application/octet-stream',
    'content-disposition': `attachment; filename="${name}.${format}"`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  },
  textOf: ({ data }) => String(data),
});
