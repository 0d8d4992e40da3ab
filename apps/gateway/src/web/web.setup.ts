import type {} from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { HelmetOptions } from 'helmet';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { NOT_BUILT_PAGE, webFile } from './web-file';

/** What pages may load: their own files and nothing from anywhere else. Swagger UI and Mantine set inline styles. */
export const WEB_HEADERS: HelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      baseUri: ["'self'"],
      connectSrc: ["'self'"],
      fontSrc: ["'self'", 'data:'],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      objectSrc: ["'none'"],
      scriptSrc: ["'self'"],
      scriptSrcAttr: ["'none'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      workerSrc: ["'self'", 'blob:'],
    },
  },
};

/** Serves the built web app: files as they are, its index page for every other path outside of /api. */
export function setUpWeb(app: NestFastifyApplication, webRoot: string): void {
  const root = resolve(webRoot);
  app.useStaticAssets({ root, serve: false, cacheControl: false });
  app
    .getHttpAdapter()
    .getInstance()
    .get('/*', (request, reply) => {
      const found = webFile((request.raw.url ?? '/').split('?', 1)[0] ?? '/');
      if (!found) return reply.callNotFound();
      if (!existsSync(join(root, 'index.html'))) {
        return reply
          .code(503)
          .header('retry-after', '10')
          .type('text/html; charset=utf-8')
          .send(NOT_BUILT_PAGE);
      }
      return reply.header('cache-control', found.cacheControl).sendFile(found.file);
    });
}
