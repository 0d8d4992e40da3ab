import { expect, it } from '@jest/globals';
import { webFile } from './web-file';

it.each([
  ['/', 'index.html', 'no-cache'],
  ['/orders/0193b3a0-0000-7000-8000-000000000001', 'index.html', 'no-cache'],
  ['/assets/index-3f2a.js', 'assets/index-3f2a.js', 'public, max-age=31536000, immutable'],
  ['/favicon.svg', 'favicon.svg', 'no-cache'],
  ['/apiary', 'index.html', 'no-cache'],
])('%s is %s', (path, file, cacheControl) => {
  expect(webFile(path)).toEqual({ file, cacheControl });
});

it.each(['/api', '/api/v1/nothing', '/api/docs-nothing'])('%s is not the web app’s', (path) => {
  expect(webFile(path)).toBeUndefined();
});
