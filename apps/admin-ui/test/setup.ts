import '@testing-library/jest-dom/jest-globals';
import { configure } from '@testing-library/react/pure';

configure({ asyncUtilTimeout: 10_000 });

class NoObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}

Object.assign(window, {
  ResizeObserver: NoObserver,
  scrollTo: () => undefined,
  matchMedia: (query: string) => ({
    matches: false,
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }),
});

Object.defineProperty(navigator, 'languages', { value: ['en-GB'] });
// Without layout every row would be 0 px high.
Object.defineProperty(HTMLElement.prototype, 'offsetHeight', { value: 64 });
