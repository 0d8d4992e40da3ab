import { describe, expect, it } from '@jest/globals';
import { fallOut } from './fall-out';

describe('the funnel', () => {
  it('tells for each rule who passed and who failed there', () => {
    const passed = [
      { rule: 'ACTIVE' as const, left: 12 },
      { rule: 'SKILLS' as const, left: 4 },
      { rule: 'FREE' as const, left: 4 },
    ];
    expect(fallOut({ considered: 12, passed })).toEqual([
      { rule: 'ACTIVE', passed: 12, failed: 0 },
      { rule: 'SKILLS', passed: 4, failed: 8 },
      { rule: 'FREE', passed: 4, failed: 0 },
    ]);
  });
});
