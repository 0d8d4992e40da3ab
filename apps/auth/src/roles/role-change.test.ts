import { describe, expect, it } from '@jest/globals';
import { normalPermissions, type RoleRecord, seededRoles } from './role';
import { beyond, changedPermissions, locksOut } from './role-change';

const own = (id: string, ...permissions: RoleRecord['permissions'][number][]): RoleRecord => ({
  id,
  name: id,
  description: '',
  permissions,
  custom: true,
});

describe('a change of what a role grants', () => {
  it('touches what is given and what is taken', () => {
    expect(changedPermissions(['team.view', 'agent.view'], ['agent.view', 'task.create'])).toEqual([
      'task.create',
      'team.view',
    ]);
    expect(changedPermissions(['team.view'], ['team.view'])).toEqual([]);
  });

  it('goes beyond somebody who lacks any of it', () => {
    expect(beyond(new Set(['team.view']), ['task.create', 'team.view'])).toEqual(['task.create']);
    expect(beyond(new Set(['team.view']), ['team.view'])).toEqual([]);
  });

  it('leaves out what no organization can grant or nobody knows', () => {
    expect(normalPermissions(['team.view', 'platform.operate', 'made.up', 'team.view'])).toEqual([
      'team.view',
    ]);
  });
});

describe('a lockout', () => {
  const managing = own('a', 'role.manage', 'team.view');

  it('is to take role.manage from the only role that gives it to oneself', () => {
    expect(locksOut([managing], 'a', ['team.view'])).toBe(true);
    expect(locksOut([managing], 'a', ['role.manage'])).toBe(false);
  });

  it('is not to take it from a role one does not hold, or has it from another', () => {
    expect(locksOut([managing], 'b', [])).toBe(false);
    expect(locksOut([managing, own('b', 'role.manage')], 'a', [])).toBe(false);
    expect(locksOut([managing, ...seededRoles.filter((it) => it.id === 'admin')], 'a', [])).toBe(false);
    expect(locksOut([own('b', 'team.view')], 'b', [])).toBe(false);
  });
});
