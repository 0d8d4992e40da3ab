module.exports = require('../../jest.preset.cjs').project(__dirname, {
  coverage: 60,
  transformIgnorePatterns: ['node_modules/(?!(uuid|@prisma/schema-engine-wasm)/)'],
});
