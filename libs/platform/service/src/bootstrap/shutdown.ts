import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Log } from '@orion/logger';
import { Readiness } from '../health/readiness.service';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/**
 * On SIGTERM or SIGINT: no longer ready, no new work, what has begun is finished, connections close, exit 0. What
 * is not finished after the grace is given up with exit 1. An error nobody caught ends the process the same way
 * with exit 1; a rejection nobody handled is logged.
 * @param graceMs milliseconds
 */
export function stopOrderly(app: NestFastifyApplication, graceMs: number): void {
  const log = app.get(Log);
  let stopping = false;
  const stop = async (code: number): Promise<void> => {
    if (stopping) return;
    stopping = true;
    log.info('service_stop_started');
    app.get(Readiness).leave();
    const grace = setTimeout(() => {
      log.error('service_stop_abandoned', { graceMs });
      process.exit(1);
    }, graceMs);
    await app.close();
    clearTimeout(grace);
    log.info('service_stop_completed');
    process.exit(code);
  };
  const give = (code: number) =>
    void stop(code).catch((error: unknown) => {
      log.error('service_stop_failed', { error });
      process.exit(1);
    });
  for (const signal of SIGNALS) process.on(signal, () => give(0));
  process.on('uncaughtException', (error) => {
    log.error('process_exception_uncaught', { error });
    give(1);
  });
  process.on('unhandledRejection', (error) => log.error('process_rejection_unhandled', { error }));
}
