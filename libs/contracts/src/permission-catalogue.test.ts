import { describe, expect, it } from '@jest/globals';
import { ENDPOINTS } from './catalogue';
import { ALL_PERMISSIONS } from './core/permissions';
import { permissionCatalogue } from './permission-catalogue';

describe('the catalogue of permissions', () => {
  it('names every permission once and every endpoint under the permission it asks for', () => {
    const catalogue = permissionCatalogue();
    expect(catalogue.map((it) => it.permission)).toEqual(ALL_PERMISSIONS);
    const guarded = ENDPOINTS.filter((it) => it.access !== 'public' && it.access !== 'authenticated');
    expect(catalogue.flatMap((it) => it.endpoints.map((one) => one.id)).sort()).toEqual(
      guarded.map((it) => it.id).sort(),
    );
    expect(catalogue.find((it) => it.permission === 'role.view')?.endpoints).toContainEqual({
      id: 'roles.list',
      method: 'GET',
      path: '/roles',
      summary: 'Roles of the organization and what each grants',
    });
  });
});
