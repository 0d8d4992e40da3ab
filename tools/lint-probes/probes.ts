/** A planted violation: the file, what it says, and the rule that must report it. */
export interface Probe {
  name: string;
  file: string;
  source: string;
  rule: string;
  message: RegExp;
}

const BOUNDARY = '@nx/enforce-module-boundaries';

export const PROBES: readonly Probe[] = [
  {
    name: 'an app imports an app',
    file: 'apps/scheduling/src/planted-app.probe.ts',
    source: "import '../../auth/src/main';\n",
    rule: BOUNDARY,
    message: /relative or absolute path|apps/,
  },
  {
    name: 'a library imports an app',
    file: 'libs/client/src/planted-app.probe.ts',
    source: "import '../../../apps/auth/src/main';\n",
    rule: BOUNDARY,
    message: /relative or absolute path|apps/,
  },
  {
    name: 'scheduling imports from auth’s scope',
    file: 'apps/scheduling/src/planted-scope.probe.ts',
    source: "import { planted } from '@orion/planted';\n\nexport const taken = planted;\n",
    rule: BOUNDARY,
    message: /scope:scheduling/,
  },
  {
    name: 'a web app imports a platform library',
    file: 'apps/admin-ui/src/planted-type.probe.ts',
    source: "import * as database from '@orion/database';\n\nexport const taken = database;\n",
    rule: BOUNDARY,
    message: /type:web/,
  },
  {
    name: 'the client imports a platform library',
    file: 'libs/client/src/planted-type.probe.ts',
    source: "import * as cache from '@orion/cache';\n\nexport const taken = cache;\n",
    rule: BOUNDARY,
    message: /type:client/,
  },
  {
    name: 'a pure file imports Prisma',
    file: 'apps/scheduling/src/calendar/planted.ts',
    source: "import { Prisma } from '@prisma/client';\n\nexport const taken = Prisma;\n",
    rule: '@typescript-eslint/no-restricted-imports',
    message: /pure file/,
  },
  {
    name: 'a pure file imports the generated client',
    file: 'apps/scheduling/src/calendar/planted-client.ts',
    source:
      "import { PrismaClient } from '../generated/prisma/client';\n\nexport const taken = PrismaClient;\n",
    rule: '@typescript-eslint/no-restricted-imports',
    message: /pure file/,
  },
  {
    name: 'a pure file reads the clock with new Date()',
    file: 'apps/scheduling/src/calendar/planted-date.ts',
    source: 'export const now = new Date();\n',
    rule: 'no-restricted-syntax',
    message: /time as an argument/,
  },
  {
    name: 'a pure file reads the clock with Date.now()',
    file: 'apps/scheduling/src/calendar/planted-now.ts',
    source: 'export const now = Date.now();\n',
    rule: 'no-restricted-syntax',
    message: /time as an argument/,
  },
  {
    name: 'a contract imports something other than zod',
    file: 'libs/contracts/src/planted.ts',
    source: "import * as pg from 'pg';\n\nexport const taken = pg;\n",
    rule: '@typescript-eslint/no-restricted-imports',
    message: /zod alone/,
  },
  {
    name: 'a test is skipped',
    file: 'apps/scheduling/src/planted.test.ts',
    source: "import { it } from '@jest/globals';\n\nit.skip('is never run', () => undefined);\n",
    rule: 'no-restricted-syntax',
    message: /skipped/,
  },
];

/** A library of auth's own, so that the scope axis can be tried by itself. */
export const PLANTED_LIBRARY = {
  alias: '@orion/planted',
  entry: './libs/planted/src/index.ts',
  files: {
    'libs/planted/project.json': JSON.stringify({
      name: 'planted',
      projectType: 'library',
      sourceRoot: 'libs/planted/src',
      tags: ['type:platform', 'scope:auth'],
      targets: {},
    }),
    'libs/planted/src/index.ts': 'export const planted = 1;\n',
  },
};
