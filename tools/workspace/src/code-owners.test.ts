import { describe, expect, it } from '@jest/globals';
import { covers, ownerRules, ruleOf } from './code-owners';

describe('a pattern of CODEOWNERS', () => {
  it.each([
    ['*', '.github/labels.yml', true],
    ['/apps/auth/', 'apps/auth/src/main.ts', true],
    ['/apps/auth/', 'apps/auth', false],
    ['/apps/auth', 'apps/auth', true],
    ['/apps/auth/', 'docs/apps/auth/x.md', false],
    ['/apps/*/prisma/', 'apps/user/prisma/schema.prisma', true],
    ['/apps/*/prisma/', 'apps/user/test/prisma/schema.prisma', false],
    ['prisma/', 'libs/a/test/prisma/schema.prisma', true],
    ['*.md', 'docs/guides/a.md', true],
  ])('%s and %s: %s', (pattern, path, expected) => {
    expect(covers(pattern, path)).toBe(expected);
  });
});

const OWNERS = `# Owners
*                  @all
/libs/             @platform
/libs/contracts/   @contracts @second   # two of them

/apps/auth/        @auth
/apps/*/prisma/    @data
*.md               @writers
/apps/free
`;

it.each([
  ['README.md', '@writers'],
  ['package.json', '@all'],
  ['libs/client/project.json', '@platform'],
  ['libs/contracts/src/index.ts', '@contracts @second'],
  ['apps/auth/src/main.ts', '@auth'],
  ['apps/auth/prisma/schema.prisma', '@data'],
  ['apps/auth/docs/a.md', '@writers'],
  ['apps/free/x.ts', ''],
])('%s belongs to %s', (file, owners) => {
  expect(ruleOf(ownerRules(OWNERS), file)?.owners.join(' ')).toBe(owners);
});

it('the last rule decides, comments aside', () => {
  const rules = ownerRules('# owners\n* @all\n\n/apps/ @apps @more # two\n/apps/*/prisma/ @data\n');
  expect(rules).toHaveLength(3);
  expect(ruleOf(rules, 'README.md')?.owners).toEqual(['@all']);
  expect(ruleOf(rules, 'apps/user/src/a.ts')).toEqual({
    pattern: '/apps/',
    owners: ['@apps', '@more'],
    line: 4,
  });
  expect(ruleOf(rules, 'apps/user/prisma/schema.prisma')?.owners).toEqual(['@data']);
});
