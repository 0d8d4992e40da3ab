import { exitOnConfigError, fetchConfig } from '@orion/config';
import { conceal, createPino, Log } from '@orion/logger';
import type { z } from 'zod';
import { createService } from './create-service';
import type { ServiceConfig, ServiceOptions } from './service.options';
import { stopOrderly } from './shutdown';
import { startService } from './start-service';

/** Runs a service in this process until it is told to stop; what keeps it from starting ends it with exit 1. */
export async function runService<S extends z.ZodObject>(options: ServiceOptions<S>): Promise<void> {
  const { config, sensitive } = await fetchConfig(options.config).catch(exitOnConfigError);
  conceal(sensitive);
  const { HOST, PORT, SHUTDOWN_GRACE_MS } = config as unknown as ServiceConfig;
  try {
    const app = await createService(options, config);
    stopOrderly(app, SHUTDOWN_GRACE_MS);
    const address = await startService(app, { host: HOST, port: PORT });
    app.get(Log).info('service_start_completed', { address });
  } catch (error) {
    new Log(createPino(options.name)).error('service_start_failed', { error });
    process.exit(1);
  }
}
