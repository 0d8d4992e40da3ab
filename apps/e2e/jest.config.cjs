const [unit] = require('../../jest.preset.cjs').project(__dirname).projects;

/** Journeys through a running platform at ORION_URL; nothing of it is started here. */
module.exports = {
  ...unit,
  displayName: 'e2e',
  testMatch: ['<rootDir>/src/**/*.e2e.ts'],
  testTimeout: 60_000,
};
