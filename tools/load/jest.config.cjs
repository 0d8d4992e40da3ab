// Artillery's own packages, which lie below this folder once it was used, are none of the tests' business.
const roots = ['<rootDir>/src', '<rootDir>/scenarios', '<rootDir>/test'];

module.exports = require('../../jest.preset.cjs').project(__dirname, { coverage: 50, roots });
