import type { IncomingMessage } from 'node:http';

/** Bytes of a refused body that are still read. */
const MOST = 16 * 1_048_576;

/**
 * Reads and forgets what the sender of a refused body still has to say: a connection that is closed with bytes
 * unread is reset, and the sender never gets to read why. Gives up after 16 MiB.
 */
export const forgetBody = (request: IncomingMessage): Promise<void> =>
  new Promise((resolve) => {
    let left = MOST;
    const done = () => {
      request.off('data', count);
      resolve();
    };
    const count = (chunk: Buffer) => {
      left -= chunk.length;
      if (left < 0) done();
    };
    if (request.complete || request.destroyed) return void resolve();
    for (const end of ['end', 'error', 'close']) request.once(end, done);
    request.on('data', count);
    request.resume();
  });
