// Nx loads JavaScript here; tsx runs the TypeScript behind it on every Node this project supports.
const tsx = require('tsx/cjs/api');

const from = (file) => (tree, options) => tsx.require(file, module.filename).default(tree, options);

module.exports = {
  service: from('./src/service/service.generator.ts'),
  capability: from('./src/capability/capability.generator.ts'),
  endpoint: from('./src/endpoint/endpoint.generator.ts'),
  event: from('./src/event/event.generator.ts'),
};
