import { ApiProblem } from '@orion/client';
import { type Endpoint, ENDPOINTS, type Problem, type Request, type ServiceName } from '@orion/contracts';
import { randomUUID } from 'node:crypto';
import { testAdmin } from './test-admin';
import type { TestService } from './test-service';
import type { TestClaims } from './test-tokens';

/** A row, and somebody who may do everything in the organization it belongs to. */
export interface RoomRow {
  id: string;
  admin: TestClaims;
}

/** How a service's tests come by a row, by the segment of the paths that stands before `:id`. */
export type Rooms = Record<string, (service: TestService) => Promise<RoomRow>>;

/** What an endpoint has to be sent beside the id, by the endpoint's id. */
export type RoomInputs = Record<string, { body?: object; query?: object }>;

/** Endpoints of a service that take the id of a row. */
export const endpointsWithId = (service: ServiceName): Endpoint[] =>
  ENDPOINTS.filter((it) => it.service === service && it.path.includes('/:id'));

/** `/customers/:id/notes` → `customers` */
export const roomOf = ({ path }: Pick<Endpoint, 'path'>): string => /([\w-]+)\/:id/.exec(path)?.[1] ?? '';

/** A problem without what differs from call to call. */
export type Told = Pick<Problem, 'status' | 'code' | 'title' | 'detail' | 'errors'>;

/** A new row of a room. */
export function newRow(service: TestService, rooms: Rooms, room: string): Promise<RoomRow> {
  const make = rooms[room];
  if (!make) throw new Error(`nobody knows how to make a row of ${room}: add it to the service's rooms`);
  return make(service);
}

const made = new WeakMap<TestService, Map<string, Promise<RoomRow>>>();

function rowOf(service: TestService, rooms: Rooms, room: string): Promise<RoomRow> {
  const rows = made.get(service) ?? new Map<string, Promise<RoomRow>>();
  made.set(service, rows);
  const row = rows.get(room) ?? newRow(service, rooms, room);
  rows.set(room, row);
  return row;
}

/**
 * What an endpoint tells somebody who may do everything in an organization of their own: about a row of another
 * organization, and about a row that does not exist. The two must not differ.
 */
export async function strangersView(
  service: TestService,
  endpoint: Endpoint,
  { rooms, inputs = {} }: { rooms: Rooms; inputs?: RoomInputs },
): Promise<{ foreign: Told; missing: Told }> {
  const row = await rowOf(service, rooms, roomOf(endpoint));
  const stranger = testAdmin();
  const tell = async (id: string): Promise<Told> => {
    const input = { ...inputOf(endpoint), ...inputs[endpoint.id], params: { id } };
    const key = endpoint.idempotency === 'none' ? undefined : randomUUID();
    try {
      await service.call(endpoint, input as Request<Endpoint>, { as: stranger, key });
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      const { status, code, title, detail, errors } = error.problem;
      return { status, code, title, detail, errors };
    }
    throw new Error(`${endpoint.id} was not refused for ${id}`);
  };
  return { foreign: await tell(row.id), missing: await tell(randomUUID()) };
}

const inputOf = ({ input }: Endpoint): { body?: object } => (input.body ? { body: {} } : {});
