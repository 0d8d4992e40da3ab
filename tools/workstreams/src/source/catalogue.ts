import { join } from 'node:path';
import { z } from 'zod';

const Endpoint = z.object({
  id: z.string(),
  service: z.string(),
  method: z.string(),
  path: z.string(),
  access: z.string(),
});
const Event = z.object({ type: z.string(), summary: z.string(), data: z.unknown() });
const Question = z.object({ pattern: z.string(), ask: z.unknown(), answer: z.unknown() });

/** One thing that crosses a wall, as contracts declare it. */
export interface Contract {
  kind: 'endpoint' | 'event' | 'question';
  id: string;
  /** The service that has to implement, publish or answer it. */
  service: string;
  /** Method and path of an endpoint, its parameters without their names. */
  route?: string;
}

export interface Catalogue {
  contracts: readonly Contract[];
  /** Contracts behind a name that contracts export: one, or those of a list. */
  exported: ReadonlyMap<string, readonly Contract[]>;
}

function contractOf(value: unknown): Contract | undefined {
  const endpoint = Endpoint.safeParse(value).data;
  if (endpoint) {
    const { id, service, method, path } = endpoint;
    return { kind: 'endpoint', id, service, route: `${method} ${path.replace(/:\w+/g, ':')}` };
  }
  const question = Question.safeParse(value).data;
  if (question)
    return { kind: 'question', id: question.pattern, service: question.pattern.split('.')[0] ?? '' };
  const event = Event.safeParse(value).data;
  if (event) return { kind: 'event', id: event.type, service: event.type.split('.')[1] ?? '' };
  return undefined;
}

function membersOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value instanceof Map ? [...value.values()] : [value];
}

/** What a contracts library declares, by everything that it exports. */
export function catalogueOf(library: Record<string, unknown>): Catalogue {
  const known = new Map<string, Contract>();
  const same = (contract: Contract): Contract => {
    const key = `${contract.kind} ${contract.id}`;
    const before = known.get(key);
    if (!before) known.set(key, contract);
    return before ?? contract;
  };
  const exported = Object.entries(library).map(([name, value]) => {
    const contracts = membersOf(value)
      .map(contractOf)
      .filter((it) => it !== undefined);
    return [name, contracts.map(same)] as const;
  });
  return {
    exported: new Map(exported.filter(([, contracts]) => contracts.length > 0)),
    contracts: [...known.values()].sort((one, other) => one.id.localeCompare(other.id)),
  };
}

export async function readCatalogue(root: string): Promise<Catalogue> {
  return catalogueOf((await import(join(root, 'libs/contracts/src/index.ts'))) as Record<string, unknown>);
}
