import { API_PREFIX, type Endpoint } from '@orion/contracts';
import { join } from 'node:path';
import type { Ground } from '../../bench';
import type { Processes } from '../shared/processes';
import { freePort, type Running, startService } from '../shared/service.process';

/** One of the two that stand between the callers and the service. */
export type Side = Running;

interface Place {
  databaseUrl: string;
  workerDatabaseUrl: string;
  authUrl: string;
  upstreamUrl: string;
  namespace: string;
}

/** The gateway as it is built, with every limit at its default. */
export async function startGateway(processes: Processes, ground: Ground, place: Place): Promise<Side> {
  return startService(processes, 'gateway', {
    PORT: String(await freePort()),
    DATABASE_URL: place.databaseUrl,
    WORKER_DATABASE_URL: place.workerDatabaseUrl,
    RABBITMQ_URL: ground.ORION_RABBITMQ_URL,
    REDIS_URL: ground.ORION_REDIS_URL,
    MESSAGING_NAMESPACE: place.namespace,
    AUTH_URL: place.authUrl,
    USER_URL: place.upstreamUrl,
    SCHEDULING_URL: place.upstreamUrl,
    NOTIFICATION_URL: place.upstreamUrl,
  });
}

/** http-proxy-middleware alone. */
export async function startBareProxy(processes: Processes, upstreamUrl: string): Promise<Side> {
  const { port, ask } = await processes.start(join(__dirname, 'bare-proxy.mts'), {
    UPSTREAM_URL: upstreamUrl,
  });
  return { port, cpuSeconds: async () => (await ask<{ cpuSeconds: number }>({})).cpuSeconds };
}

/**
 * Sends one call without a token to each: the gateway has to refuse it, the bare proxy to pass it on. Otherwise
 * something else is measured than is said.
 */
export async function checkSides(ours: Side, bare: Side, endpoint: Endpoint): Promise<void> {
  const status = async ({ port }: Side): Promise<number> =>
    (await fetch(`http://127.0.0.1:${port}${API_PREFIX}${endpoint.path}`)).status;
  const found = [await status(ours), await status(bare)];
  if (found[0] !== 401 || found[1] !== 200)
    throw new Error(`Without a token the gateway answered ${found[0]} and the bare proxy ${found[1]}`);
}
