/** Packages that are published as ES modules only; Jest has to translate them. */
const esmOnly = [
  'http-proxy-middleware',
  'httpxy',
  'is-plain-obj',
  'content-disposition',
  'uuid',
  'eventsource',
  'eventsource-parser',
  '@prisma/schema-engine-wasm',
];

module.exports = require('../../jest.preset.cjs').project(__dirname, {
  transformIgnorePatterns: [`node_modules/(?!(${esmOnly.join('|')})/)`],
});
