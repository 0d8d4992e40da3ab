import { API_PREFIX, type Endpoint, pathOf, type Request } from '@orion/contracts';

type Optional<T> = { [K in keyof T as object extends T[K] ? K : never]?: T[K] };
type Required<T> = { [K in keyof T as object extends T[K] ? never : K]: T[K] };

/** What a caller sends; a section whose fields are all optional may be left out. */
export type Input<E extends Endpoint> = Required<Request<E>> & Optional<Request<E>>;

export interface Sections {
  params?: unknown;
  query?: unknown;
  body?: unknown;
}

const isBag = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function queryText(query: unknown): string {
  if (!isBag(query)) return '';
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) search.append(name, String(one));
    }
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

/** The address of a call. */
export const addressOf = (baseUrl: string, endpoint: Endpoint, { params, query }: Sections): string =>
  baseUrl.replace(/\/+$/, '') + API_PREFIX + pathOf(endpoint, isBag(params) ? params : {}) + queryText(query);
