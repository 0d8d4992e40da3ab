/** Class names of a CSS module are their own names in tests. */
module.exports = new Proxy({}, { get: (_, name) => (name === '__esModule' ? false : name) });
