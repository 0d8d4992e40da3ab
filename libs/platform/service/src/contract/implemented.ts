import { API_PREFIX, type Endpoint } from '@orion/contracts';

const endpoints = new Map<string, Endpoint>();

const keyOf = (method: string, route: string): string => `${method} ${route}`;

export const remember = (contract: Endpoint): void => {
  endpoints.set(keyOf(contract.method, API_PREFIX + contract.path), contract);
};

/** The contract behind a route of the router, such as `/api/v1/customers/:id`. */
export const contractOfRoute = (method: string, route = ''): Endpoint | undefined =>
  endpoints.get(keyOf(method === 'HEAD' ? 'GET' : method, route));

const matches = (route: string, path: string): boolean => {
  const wanted = route.split('/');
  const given = path.split('/');
  return (
    wanted.length === given.length && wanted.every((part, i) => part.startsWith(':') || part === given[i])
  );
};

/** The methods this process offers at a path; none for a path nobody implements. */
export const methodsAt = (path: string): string[] => [
  ...new Set(
    [...endpoints.values()].filter((it) => matches(API_PREFIX + it.path, path)).map((it) => it.method),
  ),
];
