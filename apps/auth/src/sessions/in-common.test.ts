import { describe, expect, it } from '@jest/globals';
import { inCommon } from './in-common';

describe('what two people may do both', () => {
  it('is never more than either of them may, nor to act for others', () => {
    const one = ['team.view', 'role.view', 'member.impersonate', 'audit.view'] as const;
    expect(inCommon(one, ['role.view', 'team.view', 'member.impersonate'])).toEqual([
      'role.view',
      'team.view',
    ]);
    expect(inCommon([], one)).toEqual([]);
    expect(inCommon(one, [])).toEqual([]);
  });
});
