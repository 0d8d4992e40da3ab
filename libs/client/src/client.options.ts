export interface ClientOptions {
  /** Where the gateway is, such as `http://localhost:3000`; empty in a page that the gateway serves. */
  baseUrl: string;
  /** The access token for calls that are not public. */
  token?: () => string | undefined | Promise<string | undefined>;
  /** A page that the gateway serves: refresh tokens stay in cookies the page cannot read. */
  cookies?: boolean;
  fetch?: typeof globalThis.fetch;
  /** Told about a 401; answers true once there is a new token, and the call is made once more. */
  onUnauthorized?: () => boolean | void | Promise<boolean | void>;
  /**
   * Milliseconds for which calls that may safely be repeated (reads, and writes with an idempotency key) are
   * repeated while the platform or the network is away; 0 by default.
   */
  patienceMs?: number;
}

export interface CallOptions {
  /** One is made up where the endpoint requires one. */
  idempotencyKey?: string;
  signal?: AbortSignal;
  correlationId?: string;
  /** Milliseconds to wait for the answer; 30 s by default. */
  timeoutMs?: number;
}
