const esmOnly = [
  'uuid',
  'eventsource',
  'eventsource-parser',
  'temporal-polyfill',
  'temporal-utils',
  'temporal-spec',
];

module.exports = require('../../jest.preset.cjs').project(__dirname, {
  transformIgnorePatterns: [`node_modules/(?!(${esmOnly.join('|')})/)`],
});
