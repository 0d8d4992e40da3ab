import { ENDPOINTS } from './catalogue';
import type { Endpoint, HttpMethod } from './core/endpoint';
import { type Permission, PERMISSIONS } from './core/permissions';

export interface CataloguedPermission {
  permission: Permission;
  /** What it lets its holder do. */
  allows: string;
  /** Endpoints that ask for it. */
  endpoints: { id: string; method: HttpMethod; path: string; summary: string }[];
}

const shown = ({ id, method, path, summary }: Endpoint) => ({ id, method, path, summary });

/** Every permission, what it allows, and which endpoints ask for it; from the contracts alone. */
export const permissionCatalogue = (): CataloguedPermission[] =>
  Object.entries(PERMISSIONS).map(([permission, allows]) => ({
    permission: permission as Permission,
    allows,
    endpoints: ENDPOINTS.filter((it) => it.access === permission).map(shown),
  }));
