import { API_PREFIX, type Endpoint, type HttpMethod } from '@orion/contracts';

export type RouteMatch =
  | { kind: 'found'; endpoint: Endpoint }
  | { kind: 'wrong-method'; allow: string[] }
  | { kind: 'unknown' }
  | { kind: 'malformed' };

interface Node {
  fixed: Map<string, Node>;
  parameter?: Node;
  endpoints: Map<HttpMethod, Endpoint>;
}

export interface RouteTable {
  /** @param path without its query, as it came over the wire */
  match(method: string, path: string): RouteMatch;
}

const node = (): Node => ({ fixed: new Map(), endpoints: new Map() });

function insert(root: Node, endpoint: Endpoint): void {
  let at = root;
  for (const segment of endpoint.path.split('/').slice(1)) {
    if (segment.startsWith(':')) at = at.parameter ??= node();
    else {
      const next = at.fixed.get(segment) ?? node();
      at.fixed.set(segment, next);
      at = next;
    }
  }
  if (at.endpoints.has(endpoint.method))
    throw new Error(`two endpoints share ${endpoint.method} ${endpoint.path}`);
  at.endpoints.set(endpoint.method, endpoint);
}

/**
 * A segment that another server could read as more or less than one segment: an escaped slash or backslash, a
 * dot segment, a control character. Such a path could pass the check of one endpoint and reach another.
 */
const ambiguous = (segment: string): boolean =>
  segment === '.' || segment === '..' || /[/\\\p{Cc}]/u.test(segment);

function segmentsOf(path: string): string[] | undefined {
  try {
    return path.split('/').slice(1).map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

/** Fixed segments go before parameters. */
function find(root: Node, segments: readonly string[]): Node | undefined {
  const [first, ...rest] = segments;
  if (first === undefined) return root.endpoints.size > 0 ? root : undefined;
  if (first === '') return undefined;
  const fixed = root.fixed.get(first);
  const found = fixed && find(fixed, rest);
  return found ?? (root.parameter && find(root.parameter, rest));
}

const allowed = (endpoints: ReadonlyMap<HttpMethod, Endpoint>): string[] =>
  [...endpoints.keys(), ...(endpoints.has('GET') ? ['HEAD'] : []), 'OPTIONS'].sort();

/** Which endpoint a request is for. Built from the contracts alone: no path is written a second time. */
export function routeTable(endpoints: readonly Endpoint[]): RouteTable {
  const root = node();
  for (const endpoint of endpoints) insert(root, endpoint);
  return {
    match(method, path) {
      if (!path.startsWith(`${API_PREFIX}/`)) return { kind: 'unknown' };
      const segments = segmentsOf(path.slice(API_PREFIX.length));
      if (!segments || segments.some(ambiguous)) return { kind: 'malformed' };
      const found = find(root, segments);
      if (!found) return { kind: 'unknown' };
      const endpoint = found.endpoints.get((method === 'HEAD' ? 'GET' : method) as HttpMethod);
      return endpoint
        ? { kind: 'found', endpoint }
        : { kind: 'wrong-method', allow: allowed(found.endpoints) };
    },
  };
}
