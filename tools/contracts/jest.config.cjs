/** The commands themselves run as programs (test/), where coverage does not look. */
module.exports = require('../../jest.preset.cjs').project(__dirname, { coverage: 80 });
