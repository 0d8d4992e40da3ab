import type { Schema } from '../schema/schema';

/** Everything of the contracts that others stand on, as plain data: what is kept of a release and compared with it. */
export interface Catalogue {
  /** By id. */
  endpoints: Record<string, EndpointEntry>;
  /** By type. */
  events: Record<string, EventEntry>;
  /** By pattern. */
  questions: Record<string, QuestionEntry>;
  /** The HTTP status of each error code. */
  errors: Record<string, number>;
  permissions: string[];
  /** What the roles every organization has grant. */
  roles: Record<string, string[]>;
  /** Shapes that belong to no entry: the envelope of events, the problem document. */
  shared: Record<string, Schema>;
  /** Schemas with a name, as sent and as read; `#/input/Name` and `#/output/Name` refer to them. */
  input: Record<string, Schema>;
  output: Record<string, Schema>;
}

export interface EndpointEntry {
  /** The constant of `@orion/contracts` that holds it. */
  export: string;
  service: string;
  method: string;
  /** From the root, parameters as `:name`. */
  path: string;
  access: string;
  idempotency: string;
  status: number;
  stream?: true;
  errors: string[];
  params?: Schema;
  query?: Schema;
  body?: Schema;
  /** Absent where the answer has no body. */
  reply?: Schema;
}

export interface EventEntry {
  export: string;
  webhook?: string;
  /** As sent. */
  data: Schema;
  /** As a reader takes it, where that is more: fields with a default. */
  reads?: Schema;
}

export interface QuestionEntry {
  export: string;
  ask: Schema;
  answer: Schema;
}
