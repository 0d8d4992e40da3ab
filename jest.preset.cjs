const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { compilerOptions } = require('./tsconfig.base.json');

const moduleNameMapper = Object.fromEntries(
  Object.entries(compilerOptions.paths).map(([alias, [file]]) => [`^${alias}$`, join(__dirname, file)]),
);

/** Packages that are published as ES modules only; Jest has to translate them. */
const esmOnly = [
  'content-disposition',
  'uuid',
  'eventsource',
  'eventsource-parser',
  'jose',
  'request-filtering-agent',
  'temporal-polyfill',
  'temporal-utils',
  'temporal-spec',
  'openid-client',
  'oauth4webapi',
  'jose',
  '@prisma/schema-engine-wasm',
];

const swc = {
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true, tsx: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, react: { runtime: 'automatic' } },
    keepClassNames: true,
  },
  module: { type: 'commonjs' },
};

const shared = (root) => ({
  rootDir: root,
  testEnvironment: 'node',
  moduleNameMapper,
  transform: { '^.+\\.[cm]?[jt]sx?$': [require.resolve('@swc/jest'), swc] },
  transformIgnorePatterns: [`node_modules/(?!(${esmOnly.join('|')})/)`],
  moduleFileExtensions: ['ts', 'tsx', 'js', 'cjs', 'mjs', 'json', 'node'],
});

/**
 * Two disjoint suites: unit tests lie beside the code and need nothing; integration tests lie under test/ and
 * fail without their database, broker and cache.
 */
exports.project = (root, { coverage = 90, ...more } = {}) => ({
  projects: [
    { ...shared(root), displayName: 'unit', testMatch: ['<rootDir>/src/**/*.test.ts?(x)'], ...more },
    ...(existsSync(join(root, 'test'))
      ? [
          {
            ...shared(root),
            displayName: 'integration',
            testMatch: ['<rootDir>/test/**/*.integration.test.ts?(x)'],
            globalSetup: join(__dirname, 'tools/orion/bin/test-servers.cjs'),
            ...more,
          },
        ]
      : []),
  ],
  testTimeout: 30_000,
  passWithNoTests: false,
  coverageDirectory: join(root, 'coverage'),
  coverageReporters: ['text-summary', 'json-summary'],
  rootDir: root,
  collectCoverageFrom: [
    'src/**/*.{ts,tsx}',
    '!src/**/*.test.{ts,tsx}',
    '!src/**/*.d.ts',
    '!src/**/generated/**',
    '!src/main.{ts,tsx}',
  ],
  coverageThreshold: { global: { lines: coverage, statements: coverage } },
});
