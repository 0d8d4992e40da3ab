import { AsyncLocalStorage } from 'node:async_hooks';
import type { QueryResult, QueryResultRow } from 'pg';
import { literal } from './admin/statements';

/** One of the platform's own statements; the name prepares it once for each connection. */
export interface Statement {
  name: string;
  text: string;
}

/** What a session needs of its connection. */
export interface SessionConnection {
  query<R extends QueryResultRow>(config: Statement & { values: unknown[] }): Promise<QueryResult<R>>;
}

export interface SessionSettings {
  organizationId: string;
  lockTimeoutMs: number;
  timeoutMs: number;
  settings?: Readonly<Record<string, string>>;
}

/** What a connection starts with; a session says only what is different. In milliseconds. */
export const DEFAULT_TIMEOUTS = { lockTimeoutMs: 5_000, timeoutMs: 15_000 } as const;

interface Closing {
  statement: Statement;
  values: unknown[];
  order: string;
  heard?: (answer: Promise<QueryResult>) => void;
}

const current = new AsyncLocalStorage<Session>();

/** An interactive transaction: what it begins with, and the connection it has while it lasts. */
export class Session {
  readonly channels = new Set<string>();
  /** Takes effect before the first statement, together with it. */
  readonly beginning: string;
  private connection: SessionConnection | undefined;
  private readonly closings: Closing[] = [];
  private failed: unknown;
  private ended = false;

  constructor({ organizationId, lockTimeoutMs, timeoutMs, settings: more = {} }: SessionSettings) {
    const settings = [`orion.organization_id = ${literal(organizationId)}`];
    for (const [name, value] of Object.entries(more)) settings.push(`${name} = ${literal(value)}`);
    if (lockTimeoutMs !== DEFAULT_TIMEOUTS.lockTimeoutMs)
      settings.push(`lock_timeout = ${Math.round(lockTimeoutMs)}`);
    if (timeoutMs !== DEFAULT_TIMEOUTS.timeoutMs)
      settings.push(
        `statement_timeout = ${Math.round(timeoutMs)}`,
        `idle_in_transaction_session_timeout = ${Math.round(timeoutMs)}`,
      );
    this.beginning = ['BEGIN', ...settings.map((it) => `SET LOCAL ${it}`)].join('; ');
  }

  /** The session whose transaction is about to begin here, if one is. */
  static awaiting(): Session | undefined {
    const session = current.getStore();
    return session?.connection ? undefined : session;
  }

  /** The first transaction that begins in `work` is this session's. */
  around<T>(work: () => Promise<T>): Promise<T> {
    return current.run(this, work);
  }

  began(connection: SessionConnection): void {
    this.connection = connection;
  }

  end(): void {
    this.ended = true;
  }

  /** Why a closing statement failed, and the transaction with it. */
  get failure(): unknown {
    return this.failed;
  }

  /**
   * Goes out with the commit and fails it when it fails. Statements are sent by their order, so that transactions
   * which lock the same rows lock them one after the other. `heard` gets the answer when it is sent.
   */
  close(statement: Statement, values: unknown[], order: string, heard?: Closing['heard']): void {
    this.mustLast(statement);
    this.closings.push({ statement, values, order, heard });
  }

  sendClosings(): void {
    const sorted = this.closings.toSorted((a, b) => (a.order < b.order ? -1 : Number(a.order > b.order)));
    for (const { statement, values, heard } of sorted) {
      const answer = this.query(statement, values);
      answer.catch((error: unknown) => (this.failed ??= error));
      heard?.(answer);
    }
  }

  get hasClosings(): boolean {
    return this.closings.length > 0;
  }

  /** Straight to the transaction's connection. @throws DatabaseError of pg */
  async query<R extends QueryResultRow>(statement: Statement, values: unknown[]): Promise<QueryResult<R>> {
    return this.mustLast(statement).query<R>({ ...statement, values });
  }

  /** Its connection may be somebody else's once it has ended. */
  private mustLast({ name }: Statement): SessionConnection {
    if (this.ended || !this.connection) throw new Error(`${name}: the transaction has ended`);
    return this.connection;
  }
}
