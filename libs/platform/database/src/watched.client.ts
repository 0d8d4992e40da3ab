import { Client, type ClientConfig } from 'pg';
import type { Socket } from 'node:net';

type Query = (...given: unknown[]) => unknown;
type Heard = (error: unknown, result: unknown) => void;

interface Wired {
  connection: { stream: Socket };
}

export interface Watch {
  /** A query was not answered in time. */
  onSilence?: () => void;
}

const isTimeout = (error: unknown): boolean =>
  error instanceof Error && error.message === 'Query read timeout';

/**
 * Ends its connection when a query is not answered in time. pg itself only rejects the query, and the dead
 * connection would go back to the pool.
 */
export class WatchedClient extends Client {
  constructor(private readonly config?: ClientConfig & Watch) {
    super(config);
    const query = this.query.bind(this) as Query;
    this.query = ((...given: unknown[]) => {
      const heard = given.at(-1);
      if (typeof heard === 'function') {
        given[given.length - 1] = (error: unknown, result: unknown) => {
          this.judge(error);
          (heard as Heard)(error, result);
        };
      }
      const answer = query(...given);
      if (answer instanceof Promise) answer.catch((error: unknown) => this.judge(error));
      return answer;
    }) as Client['query'];
  }

  /** Gives the connection up without a word to the server, which may not hear it. */
  leave(): void {
    (this as unknown as Wired).connection.stream.destroy();
  }

  private judge(error: unknown): void {
    if (!isTimeout(error)) return;
    this.leave();
    this.config?.onSilence?.();
  }
}
