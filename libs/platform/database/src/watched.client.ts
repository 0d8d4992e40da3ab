import { Client, type ClientConfig, type QueryResult } from 'pg';
import type { Socket } from 'node:net';
import { Session, type SessionConnection } from './session';

type Query = (...given: unknown[]) => unknown;
type Heard = (error: unknown, result: unknown) => void;

interface Wired {
  connection: { stream: Socket };
}

export interface Watch {
  /** A query was not answered in time. */
  onSilence?: () => void;
}

const NOTHING: QueryResult = { command: '', rowCount: 0, oid: 0, fields: [], rows: [] };

const isTimeout = (error: unknown): boolean =>
  error instanceof Error && error.message === 'Query read timeout';

function textOf(query: unknown): string | undefined {
  if (typeof query === 'string') return query;
  return (query as { text?: string } | null)?.text;
}

/**
 * Ends its connection when a query is not answered in time: pg itself only rejects the query, and the dead
 * connection would go back to the pool.
 *
 * Sends what a session begins with together with its first statement, and its closing statements together with the
 * commit: fewer messages to the server. A commit that the server turned into a rollback because a statement had failed
 * is an error.
 */
export class WatchedClient extends Client {
  private session: Session | undefined;
  private beginning: string | undefined;
  private readonly send: Query;

  constructor(private readonly config?: ClientConfig & Watch) {
    super({ ...config, pipeline: true });
    const query = this.query.bind(this) as Query;
    this.send = (...given) => {
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
    };
    this.query = ((...given: unknown[]) => this.pass(given)) as Client['query'];
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

  private pass(given: unknown[]): unknown {
    const text = textOf(given[0]);
    if (text === 'BEGIN') return this.begin(given);
    if (text === 'COMMIT') return this.commit(given);
    if (text === 'ROLLBACK') return this.rollback(given);
    return this.beginning === undefined ? this.send(...given) : this.together(() => this.send(...given));
  }

  private begin(given: unknown[]): unknown {
    this.session?.end();
    this.session = Session.awaiting();
    if (!this.session) return this.send(...given);
    this.session.began(this as SessionConnection);
    this.beginning = this.session.beginning;
    return Promise.resolve(NOTHING);
  }

  private commit(given: unknown[]): unknown {
    const session = this.session;
    this.session = undefined;
    if (!session?.hasClosings) {
      session?.end();
      return this.unasked() ? Promise.resolve(NOTHING) : told(this.send(...given));
    }
    return this.together(() => {
      session.sendClosings();
      session.end();
      return told(this.send(...given));
    });
  }

  private rollback(given: unknown[]): unknown {
    this.session?.end();
    this.session = undefined;
    return this.unasked() ? Promise.resolve(NOTHING) : this.send(...given);
  }

  /** True where the server has not heard of the transaction; it never will. */
  private unasked(): boolean {
    const unasked = this.beginning !== undefined;
    this.beginning = undefined;
    return unasked;
  }

  /** Everything that `work` sends goes out at once, behind the beginning where that still waits. */
  private together(work: () => unknown): unknown {
    const { stream } = (this as unknown as Wired).connection;
    const beginning = this.beginning;
    this.beginning = undefined;
    stream.cork();
    try {
      if (beginning !== undefined) {
        // Without it the statements behind it would stand outside of a transaction.
        (this.send(beginning) as Promise<unknown>).catch(() => this.leave());
      }
      return work();
    } finally {
      stream.uncork();
    }
  }
}

const told = (answer: unknown): unknown => (answer instanceof Promise ? answer.then(refuseRollback) : answer);

function refuseRollback(result: QueryResult): QueryResult {
  if (result.command !== 'ROLLBACK') return result;
  const error = new Error(
    'current transaction is aborted: a statement in it failed, and nothing of it was kept',
  );
  throw Object.assign(error, { code: '25P02', severity: 'ERROR' });
}
