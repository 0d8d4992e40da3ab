import { exitOnConfigError, loadConfig } from '@orion/config';
import { createPino, Log } from '@orion/logger';
import type { z } from 'zod';
import { createService } from './create-service';
import type { ServiceConfig, ServiceOptions } from './service.options';
import { stopOrderly } from './shutdown';
import { startService } from './start-service';

/** Runs a service in this process until it is told to stop; what keeps it from starting ends it with exit 1. */
export async function runService<S extends z.ZodObject>(options: ServiceOptions<S>): Promise<void> {
  const config = readConfig(options.config);
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

function readConfig<S extends z.ZodObject>(schema: S): z.output<S> {
  try {
    return loadConfig(schema);
  } catch (error) {
    return exitOnConfigError(error);
  }
}
