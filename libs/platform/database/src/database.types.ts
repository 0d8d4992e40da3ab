/** What the platform's own statements need of a transaction, whichever service's client it belongs to. */
export interface RawTx {
  $queryRaw<T = unknown>(query: TemplateStringsArray, ...values: unknown[]): Promise<T>;
  $executeRaw(query: TemplateStringsArray, ...values: unknown[]): Promise<number>;
  $queryRawUnsafe<T = unknown>(query: string, ...values: unknown[]): Promise<T>;
  $executeRawUnsafe(query: string, ...values: unknown[]): Promise<number>;
}

/** A generated Prisma client. */
export interface PrismaClientLike {
  $transaction: (...args: never[]) => unknown;
  $disconnect(): Promise<void>;
}

type FirstArgument<F> = F extends (first: infer A, ...rest: never[]) => unknown ? A : never;

/** The transaction a generated client hands to `$transaction`. */
export type TxOf<C extends PrismaClientLike> = FirstArgument<FirstArgument<C['$transaction']>>;

export interface DatabaseOptions {
  service: string;
  /** The generated `PrismaClient` class. */
  client: new (options: never) => PrismaClientLike;
  url: string;
  workerUrl: string;
  /** Connections of the application role; see connection-budget. */
  pool?: number;
  workerPool?: number;
}

export interface TransactionOptions {
  /** Milliseconds after which the transaction is rolled back; 15 s by default. */
  timeoutMs?: number;
  /** Milliseconds a statement may wait for a lock; 5 s by default. */
  lockTimeoutMs?: number;
  /** PostgreSQL settings that last as long as the transaction, by name; they travel with its beginning. */
  settings?: Readonly<Record<string, string>>;
}

/** The part of a request that makes it the same request again. */
export interface IdempotentCall {
  contract: { id: string };
  params?: unknown;
  query?: unknown;
  body?: unknown;
  principal: { userId: string; organizationId: string } | null;
  idempotencyKey?: string;
}

export const DATABASE_OPTIONS = Symbol('database options');
