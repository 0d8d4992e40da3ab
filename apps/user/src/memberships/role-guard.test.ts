import { describe, expect, it } from '@jest/globals';
import { permissionsOf } from '@orion/contracts';
import { losesLastAdmin, mayChangeRoles, normalRoles, sameRoles } from './role-guard';

const holding = (...roles: string[]) => new Set<string>(permissionsOf(roles));

describe('mayChangeRoles', () => {
  it('lets an admin grant every role', () => {
    expect(mayChangeRoles(holding('admin'), [], ['admin', 'operator', 'technician'])).toBe(true);
  });

  it('refuses a role with a permission the granter lacks', () => {
    expect(mayChangeRoles(holding('operator'), [], ['admin'])).toBe(false);
    expect(mayChangeRoles(holding('operator'), ['viewer'], ['viewer', 'admin'])).toBe(false);
  });

  it('refuses to take away a role above one’s own', () => {
    expect(mayChangeRoles(holding('operator'), ['admin'], ['viewer'])).toBe(false);
  });

  it('does not ask about roles that stay', () => {
    expect(mayChangeRoles(holding('operator'), ['admin'], ['admin', 'viewer'])).toBe(true);
  });
});

describe('losesLastAdmin', () => {
  it('is so only when the last admin stops being one', () => {
    expect(losesLastAdmin(['admin'], ['viewer'], 0)).toBe(true);
    expect(losesLastAdmin(['admin'], ['viewer'], 1)).toBe(false);
    expect(losesLastAdmin(['admin'], ['admin', 'viewer'], 0)).toBe(false);
    expect(losesLastAdmin(['viewer'], ['member'], 0)).toBe(false);
  });
});

describe('roles', () => {
  it('compare as sets', () => {
    expect(normalRoles(['viewer', 'admin', 'viewer'])).toEqual(['admin', 'viewer']);
    expect(sameRoles(['viewer', 'admin'], ['admin', 'viewer', 'admin'])).toBe(true);
    expect(sameRoles(['viewer'], ['admin'])).toBe(false);
  });
});
