import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type LogOptions, NestLogger } from '@orion/logger';
import helmet from 'helmet';
import { collectDefaultMetrics, register } from 'prom-client';
import type { z } from 'zod';
import { createAdapter } from '../http/fastify.factory';
import { noFront } from '../http/front';
import { addRequestHooks } from '../http/request-hooks';
import { ServiceModule } from './service.module';
import { moduleOf, type ServiceConfig, type ServiceOptions } from './service.options';

interface More {
  log?: LogOptions;
  strictReplies?: boolean;
}

/** The application of a service, complete but not started; `startService` and tests start it. */
export async function createService<S extends z.ZodObject>(
  options: ServiceOptions<S>,
  config: z.output<S>,
  { log, strictReplies = process.env['NODE_ENV'] !== 'production' }: More = {},
): Promise<NestFastifyApplication> {
  const { LOG_LEVEL, LOG_FORMAT, ORION_ROLE } = config as unknown as ServiceConfig;
  if (!register.getSingleMetric('process_cpu_seconds_total')) collectDefaultMetrics();
  const api = ORION_ROLE !== 'worker';
  let front = noFront;
  const adapter = createAdapter((request, response) => front(request, response));
  addRequestHooks(adapter.getInstance(), { api });
  const root = ServiceModule.forService({
    name: options.name,
    config,
    log: { level: LOG_LEVEL, format: LOG_FORMAT, ...log },
    strictReplies,
    feature: moduleOf(options, config),
  });
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    bodyParser: false,
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(NestLogger));
  app.use(helmet(options.helmet));
  await options.beforeListen?.(app, config);
  if (api && options.front) front = options.front(app, config);
  return app;
}
