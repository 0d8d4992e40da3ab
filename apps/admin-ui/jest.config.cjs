const { join } = require('node:path');
const preset = require('../../jest.preset.cjs');
const { compilerOptions } = require('../../tsconfig.base.json');

const aliases = Object.fromEntries(
  Object.entries(compilerOptions.paths).map(([alias, [file]]) => [
    `^${alias}$`,
    join(__dirname, '../..', file),
  ]),
);

module.exports = preset.project(__dirname, {
  coverage: 80,
  testEnvironment: join(__dirname, 'test/browser.environment.cjs'),
  setupFilesAfterEnv: [join(__dirname, 'test/setup.ts')],
  moduleNameMapper: {
    ...aliases,
    '\\.module\\.css$': join(__dirname, 'test/css-module.cjs'),
    '\\.css$': join(__dirname, 'test/empty.cjs'),
  },
  transformIgnorePatterns: [
    'node_modules/(?!(@tanstack/react-table|@tanstack/table-core|eventsource-parser|eventsource)/)',
  ],
});
