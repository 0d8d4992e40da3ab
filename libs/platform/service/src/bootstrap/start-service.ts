import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Starts consumers, jobs and HTTP; answers with the address it listens on. */
export async function startService(
  app: NestFastifyApplication,
  at: { host: string; port: number },
): Promise<string> {
  await app.init();
  await app.listen(at.port, at.host);
  return app.getUrl();
}
