import { Client, type ClientConfig } from 'pg';
import type { Socket } from 'node:net';

type Query = (...given: unknown[]) => unknown;

interface Wired {
  connection: { stream: Socket };
}

const isTimeout = (error: unknown): boolean =>
  error instanceof Error && error.message === 'Query read timeout';

/**
 * Ends its connection when a query is not answered in time. pg itself only rejects the query, and the dead
 * connection would go back to the pool.
 */
export class WatchedClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    const query = this.query.bind(this) as Query;
    this.query = ((...given: unknown[]) => {
      const answer = query(...given);
      if (answer instanceof Promise) answer.catch((error: unknown) => this.leave(error));
      return answer;
    }) as Client['query'];
  }

  private leave(error: unknown): void {
    if (isTimeout(error)) (this as unknown as Wired).connection.stream.destroy();
  }
}
