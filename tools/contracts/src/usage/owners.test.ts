import { expect, it } from '@jest/globals';
import { ownersOf } from './owners';

const CODEOWNERS = `# Owners
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
  expect(ownersOf(file, CODEOWNERS).join(' ')).toBe(owners);
});
