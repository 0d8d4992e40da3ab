import { existsSync, readdirSync, readFileSync } from 'node:fs';
import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Tags of every app. */
const APPS = readdirSync(new URL('apps/', import.meta.url))
  .map((app) => ({ app, file: new URL(`apps/${app}/project.json`, import.meta.url) }))
  .filter(({ file }) => existsSync(file))
  .map(({ app, file }) => ({ app, tags: JSON.parse(readFileSync(file, 'utf8')).tags ?? [] }));

const SCOPES = [...new Set(APPS.flatMap(({ tags }) => tags))].filter(
  (tag) => tag.startsWith('scope:') && tag !== 'scope:shared',
);

/** Globs in the folder of every service. */
const inServices = (glob) =>
  APPS.filter(({ tags }) => tags.includes('type:service')).map(({ app }) => `apps/${app}/${glob}`);

/** Who may stand on whom. What is not allowed here is refused. */
const depConstraints = [
  { sourceTag: 'type:contracts', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'type:client', onlyDependOnLibsWithTags: ['type:contracts'] },
  {
    sourceTag: 'type:platform',
    onlyDependOnLibsWithTags: ['type:contracts', 'type:platform', 'type:testing'],
  },
  {
    sourceTag: 'type:testing',
    onlyDependOnLibsWithTags: ['type:contracts', 'type:client', 'type:platform'],
  },
  {
    sourceTag: 'type:service',
    onlyDependOnLibsWithTags: ['type:contracts', 'type:client', 'type:platform', 'type:testing'],
  },
  { sourceTag: 'type:web', onlyDependOnLibsWithTags: ['type:contracts', 'type:client'] },
  { sourceTag: 'type:e2e', onlyDependOnLibsWithTags: ['type:contracts', 'type:client', 'type:tool'] },
  {
    sourceTag: 'type:tool',
    onlyDependOnLibsWithTags: ['type:contracts', 'type:client', 'type:platform', 'type:testing', 'type:tool'],
  },
  { sourceTag: 'scope:shared', onlyDependOnLibsWithTags: ['scope:shared'] },
  ...SCOPES.map((scope) => ({ sourceTag: scope, onlyDependOnLibsWithTags: [scope, 'scope:shared'] })),
];

const impurePackages = [
  ['@nestjs/*', 'Nest'],
  ['@golevelup/*', 'RabbitMQ'],
  ['@prisma/*', 'Prisma'],
  ['**/generated/**', 'the Prisma client'],
  ['pg', 'PostgreSQL'],
  ['ioredis', 'Redis'],
  ['amqplib', 'RabbitMQ'],
  ['node:*', 'the operating system'],
  ['@orion/database', 'the database'],
  ['@orion/messaging', 'messaging'],
  ['@orion/cache', 'the cache'],
  ['@orion/outbound', 'the network'],
  ['@orion/service', 'the service frame'],
].map(([pattern, what]) => ({
  group: [pattern],
  allowTypeImports: false,
  message: `A pure file decides from its arguments and knows nothing of ${what}. Use a role suffix (docs/adr/0003).`,
}));

const TESTING = {
  group: ['@orion/testing'],
  message: 'What runs in production does not stand on test tools.',
};

const CLOCK = 'A pure file gets the time as an argument (docs/adr/0003).';

/** Files without a dotted role suffix, inside services. */
const PURE = inServices('src/**/!(*.*).ts');

export default tseslint.config(
  {
    ignores: ['**/node_modules/**', '**/dist/**', '**/coverage/**', '**/generated/**', '.nx/**', '.orion/**'],
  },
  js.configs.recommended,
  ...tseslint.configs.strict,
  { plugins: { '@nx': nx } },
  {
    files: ['**/*.{ts,tsx,mts,mjs,cjs,js}'],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          enforceBuildableLibDependency: false,
          allow: ['^.*/build/service\\.mjs$', '^.*/(jest\\.preset(\\.cjs)?|tsconfig\\.base\\.json)$'],
          depConstraints,
        },
      ],
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'CallExpression[callee.property.name=/^(skip|only|todo)$/][callee.object.name=/^(it|test|describe)$/]',
          message: 'No test is skipped.',
        },
      ],
    },
  },
  {
    // Nest's injection reads constructor types at run time, so they must stay value imports.
    files: [...inServices('**/*.ts'), 'libs/platform/**/*.ts', 'tools/{bench,faults}/src/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    files: ['apps/*/src/**/*.ts', 'libs/**/src/**/*.ts'],
    ignores: ['**/*.test.ts', 'libs/platform/testing/**', 'libs/contracts/**'],
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', { patterns: [TESTING] }],
    },
  },
  {
    files: PURE,
    ignores: ['**/main.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', { patterns: [TESTING, ...impurePackages] }],
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: CLOCK },
        { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: CLOCK },
        {
          selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
          message: 'A pure file gets chance as an argument (docs/adr/0003).',
        },
      ],
    },
  },
  {
    files: ['libs/contracts/src/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^(?!zod$|\\.)', message: 'Contracts stand on zod alone.' }] },
      ],
    },
  },
  { files: ['tools/**/*.{ts,mjs}', 'docs/**/*.mjs'], rules: { 'no-console': 'off' } },
  { files: ['**/*.{mjs,cjs,js}'], languageOptions: { globals: globalsOfNode() } },
  {
    files: ['apps/admin-ui/public/**/*.js'],
    languageOptions: { globals: { window: 'readonly', document: 'readonly', localStorage: 'readonly' } },
  },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  {
    files: ['apps/admin-ui/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: reactHooks.configs.recommended.rules,
  },
  prettier,
);

function globalsOfNode() {
  const names = [
    'process',
    'console',
    'URL',
    'fetch',
    'Buffer',
    '__dirname',
    'module',
    'require',
    'exports',
    'setTimeout',
    'clearTimeout',
    'setInterval',
    'clearInterval',
    'AbortSignal',
  ];
  return Object.fromEntries(names.map((name) => [name, 'readonly']));
}
