import type { Endpoint, EventContract, Question } from '@orion/contracts';
import type { z } from 'zod';
import { same } from '../schema/schema';
import type { Catalogue, EndpointEntry, EventEntry } from './catalogue';
import { shapes } from './shape';

const has = (value: unknown, ...keys: string[]): boolean =>
  typeof value === 'object' && value !== null && keys.every((key) => key in value);

const isEndpoint = (it: unknown): it is Endpoint => has(it, 'id', 'path', 'method', 'access', 'reply');
const isEvent = (it: unknown): it is EventContract => has(it, 'type', 'summary', 'data');
const isQuestion = (it: unknown): it is Question => has(it, 'pattern', 'ask', 'answer');

/** What the module of the contracts exports; one of an older commit may lack some of it. */
export type Contracts = Readonly<Record<string, unknown>>;

const sorted = <T>(entries: (readonly [string, T])[]): Record<string, T> =>
  Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));

type Shape = ReturnType<typeof shapes>['shape'];

function endpointEntry(name: string, it: Endpoint, prefix: string, shape: Shape): EndpointEntry {
  const { params, query, body } = it.input;
  return {
    export: name,
    service: it.service,
    method: it.method,
    path: prefix + it.path,
    access: it.access,
    idempotency: it.idempotency,
    status: it.status,
    ...(it.stream ? { stream: true } : {}),
    errors: [...it.errors].sort(),
    ...(params ? { params: shape(params, 'input') } : {}),
    ...(query ? { query: shape(query, 'input') } : {}),
    ...(body ? { body: shape(body, 'input') } : {}),
    ...(it.status === 204 ? {} : { reply: shape(it.reply, 'output') }),
  };
}

function eventEntry(name: string, it: EventContract, shape: Shape): EventEntry {
  const [data, reads] = [shape(it.data, 'output'), shape(it.data, 'input')];
  return {
    export: name,
    ...(it.webhook ? { webhook: it.webhook.type } : {}),
    data,
    ...(same(data, reads) ? {} : { reads }),
  };
}

const statuses = (errors: unknown): [string, number][] =>
  Object.entries((errors ?? {}) as Record<string, { status: number }>).map(([code, it]) => [code, it.status]);

const grants = (roles: unknown): [string, string[]][] =>
  (Array.isArray(roles) ? roles : []).map((it: { id: string; permissions: readonly string[] }) => [
    it.id,
    [...it.permissions].sort(),
  ]);

/** The catalogue of a module of contracts, in an order of its own. */
export function takeCatalogue(contracts: Contracts): Catalogue {
  const { shape, named } = shapes();
  const exported = Object.entries(contracts);
  const prefix = String(contracts['API_PREFIX'] ?? '');
  const every = <T, E>(
    is: (it: unknown) => it is T,
    id: (it: T) => string,
    entry: (name: string, it: T) => E,
  ) => sorted(exported.flatMap(([name, it]) => (is(it) ? [[id(it), entry(name, it)] as const] : [])));
  const envelope = contracts['EventEnvelope'];
  const problem = contracts['Problem'];
  return {
    endpoints: every(
      isEndpoint,
      (it) => it.id,
      (name, it) => endpointEntry(name, it, prefix, shape),
    ),
    events: every(
      isEvent,
      (it) => it.type,
      (name, it) => eventEntry(name, it, shape),
    ),
    questions: every(
      isQuestion,
      (it) => it.pattern,
      (name, it) => ({ export: name, ask: shape(it.ask, 'input'), answer: shape(it.answer, 'output') }),
    ),
    errors: sorted(statuses(contracts['ERRORS'])),
    permissions: Object.keys((contracts['PERMISSIONS'] ?? {}) as object).sort(),
    roles: sorted(grants(contracts['SEEDED_ROLES'])),
    shared: {
      ...(envelope ? { EventEnvelope: shape(envelope as z.ZodType, 'output') } : {}),
      ...(problem ? { Problem: shape(problem as z.ZodType, 'output') } : {}),
    },
    input: sorted(Object.entries(named.input)),
    output: sorted(Object.entries(named.output)),
  };
}
