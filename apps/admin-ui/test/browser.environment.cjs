const { TestEnvironment } = require('jest-environment-jsdom');

const FROM_NODE = [
  'fetch',
  'Request',
  'Response',
  'Headers',
  'AbortController',
  'AbortSignal',
  'ReadableStream',
  'WritableStream',
  'TransformStream',
  'TextEncoder',
  'TextDecoder',
  'TextDecoderStream',
  'structuredClone',
  'setImmediate',
  'clearImmediate',
];

/** A browser page (jsdom) whose network is the real one of Node, so that screens talk to a real local server. */
class BrowserEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    for (const name of FROM_NODE) {
      Object.defineProperty(this.global, name, {
        value: globalThis[name],
        configurable: true,
        writable: true,
      });
    }
    Object.defineProperty(this.global.crypto, 'randomUUID', {
      value: () => globalThis.crypto.randomUUID(),
      configurable: true,
    });
  }
}

module.exports = BrowserEnvironment;
