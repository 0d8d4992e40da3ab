import { API_PREFIX, type Endpoint, ENDPOINTS } from '@orion/contracts';

interface Place {
  contract: Endpoint;
  parts: string[];
}

const implemented = new Map<string, Endpoint>();
const everywhere: readonly Place[] = ENDPOINTS.map((contract) => placeOf(contract));

const keyOf = (method: string, route: string): string => `${method} ${route}`;

function placeOf(contract: Endpoint): Place {
  return { contract, parts: (API_PREFIX + contract.path).split('/') };
}

const isAt = (wanted: readonly string[], given: readonly string[]): boolean =>
  wanted.length === given.length &&
  wanted.every((part, i) => (part.startsWith(':') ? given[i] !== '' : part === given[i]));

export const remember = (contract: Endpoint): void => {
  implemented.set(keyOf(contract.method, API_PREFIX + contract.path), contract);
};

/** The contract behind a route of this process's router, such as `/api/v1/customers/:id`. */
export const contractOfRoute = (method: string, route = ''): Endpoint | undefined =>
  implemented.get(keyOf(method === 'HEAD' ? 'GET' : method, route));

/** The contract any service of the platform has for a path: a fixed part counts more than a parameter. */
export function contractAt(method: string, path: string): Endpoint | undefined {
  const given = path.split('/');
  const found = everywhere.filter(({ contract, parts }) => contract.method === method && isAt(parts, given));
  return (found.find(({ parts }) => parts.every((part, i) => part === given[i])) ?? found[0])?.contract;
}

/** The methods this process offers at a path; none for a path nobody implements. */
export function methodsAt(path: string): string[] {
  const given = path.split('/');
  const here = [...implemented.values()].filter((it) => isAt(placeOf(it).parts, given));
  return [...new Set(here.map((it) => it.method))];
}
