module.exports = require('../../jest.preset.cjs').project(__dirname, {
  testMatch: ['<rootDir>/faults/**/*.test.ts'],
});
