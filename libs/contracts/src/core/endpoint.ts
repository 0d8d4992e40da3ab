import type { z } from 'zod';
import type { ErrorCode } from './errors';
import type { Permission } from './permissions';
import type { ServiceName } from './services';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** `public`: no token. `authenticated`: any valid token. Otherwise the token's organization role must grant it. */
export type Access = 'public' | 'authenticated' | Permission;

/** `required`: the call is refused without an `Idempotency-Key`; `optional`: honoured when sent. */
export type Idempotency = 'none' | 'optional' | 'required';

/** The three places a request carries data in; what is left out accepts nothing. */
export interface InputShape {
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
}

/**
 * Cookies an endpoint reads and sets, one for each key: `<name>_<key>`. They are HttpOnly and SameSite=Strict, and count
 * only for a page of this site that sends `CSRF_HEADER`.
 */
export interface CookieUse {
  name: string;
  /** The browser sends them to addresses below this path only. */
  path: string;
}

/** A file an endpoint writes while it is read. */
export interface FileUse {
  /** Without its ending. */
  name: string;
  /** Media types by the query's `format`, which is also the file's ending. */
  types: Readonly<Record<string, string>>;
}

/** A page of another site cannot send this header without being asked first, which it is refused. */
export const CSRF_HEADER = 'x-csrf-protection';

export interface Endpoint<Input extends InputShape = InputShape, Reply extends z.ZodType = z.ZodType> {
  /** Unique, `<room>.<verb>`: the OpenAPI operationId. */
  id: string;
  service: ServiceName;
  method: HttpMethod;
  /** Below `/api/v1`, parameters as `:name`. */
  path: string;
  summary: string;
  access: Access;
  idempotency: Idempotency;
  status: 200 | 201 | 202 | 204;
  input: Input;
  reply: Reply;
  errors: readonly ErrorCode[];
  /** The reply is a stream of server-sent events whose data has the shape of `reply`. */
  stream: boolean;
  /** The stream is a file instead: its pieces are written as they come. */
  file?: FileUse;
  /** Only for the person themselves: refused to whoever acts for them. */
  personal?: true;
  cookie?: CookieUse;
  /** Whether API keys may call it; left out, they may where a permission is asked for, and what is a person's own is not. */
  keys?: boolean;
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;
type Sent<S> = S extends z.ZodType ? z.input<S> : undefined;

/** What a handler receives: validated, coerced, defaults filled in. */
export type In<E extends Endpoint> = {
  params: Parsed<E['input']['params']>;
  query: Parsed<E['input']['query']>;
  body: Parsed<E['input']['body']>;
};

/** What a caller sends. */
export type Request<E extends Endpoint> = {
  [K in keyof E['input'] as E['input'][K] extends z.ZodType ? K : never]: Sent<E['input'][K]>;
};

/** What a handler returns. */
export type Out<E extends Endpoint> = z.input<E['reply']>;

/** What a caller gets. */
export type Reply<E extends Endpoint> = z.output<E['reply']>;

type Defaulted = 'idempotency' | 'status' | 'errors' | 'stream' | 'input';

export type EndpointSpec<Input extends InputShape, R extends z.ZodType> = Omit<
  Endpoint<Input, R>,
  Defaulted
> &
  Partial<Pick<Endpoint<Input, R>, Defaulted>>;

/** Declares one endpoint; everything that crosses the wall for it derives from the result. */
export function endpoint<const Input extends InputShape, R extends z.ZodType>(
  spec: EndpointSpec<Input, R>,
): Endpoint<Input, R> {
  return {
    idempotency: 'none',
    status: 200,
    errors: [],
    stream: false,
    input: {} as Input,
    ...spec,
  };
}

/** Whether a call made with an API key can be let in at all. */
export const acceptsKeys = ({ access, keys }: Pick<Endpoint, 'access' | 'keys'>): boolean =>
  keys ?? (access !== 'public' && access !== 'authenticated');

export const API_PREFIX = '/api/v1';

/** Fills `:name` parameters; throws where one is missing. */
export function pathOf(
  contract: Pick<Endpoint, 'path' | 'id'>,
  params: Record<string, unknown> = {},
): string {
  return contract.path.replace(/:(\w+)/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`${contract.id}: path parameter "${name}" is missing`);
    return encodeURIComponent(String(value));
  });
}
