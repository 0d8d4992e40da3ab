export interface WebFile {
  /** Below the web app's folder. */
  file: string;
  cacheControl: string;
}

const IMMUTABLE = 'public, max-age=31536000, immutable';
const ASK_EVERY_TIME = 'no-cache';

const hasExtension = (path: string): boolean => /\.[A-Za-z0-9]{1,10}$/.test(path);

/**
 * The file that answers a page request: hashed assets may be kept for ever, every path of the app itself is its
 * index page. Undefined for what is not the web app's.
 * @param path without its query
 */
export function webFile(path: string): WebFile | undefined {
  if (path === '/api' || path.startsWith('/api/')) return undefined;
  if (path.startsWith('/assets/')) return { file: path.slice(1), cacheControl: IMMUTABLE };
  if (hasExtension(path)) return { file: path.slice(1), cacheControl: ASK_EVERY_TIME };
  return { file: 'index.html', cacheControl: ASK_EVERY_TIME };
}

export const NOT_BUILT_PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Orion</title></head>
<body>
<h1>Orion is running</h1>
<p>The web app has not been built yet, so there is no page to show. Build it with <code>npx nx build admin-ui</code>
or start the platform with <code>npm start</code>.</p>
<p>The API is described at <a href="/api/docs">/api/docs</a>.</p>
</body>
</html>
`;
