import { API_PREFIX, type Endpoint } from '@orion/contracts';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ground } from '../../bench';
import type { Processes } from './processes';

/** Folder of the gateway. */
export const APP = resolve(__dirname, '../../../../apps/gateway');

const READY_MS = 60_000;

/** One of the two that stand between the callers and the service. */
export interface Side {
  port: number;
  /** Seconds of processor time its process has used so far. */
  cpuSeconds(): Promise<number>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function untilReady(url: string): Promise<void> {
  for (const until = Date.now() + READY_MS; ; await sleep(200)) {
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    if (Date.now() > until)
      throw new Error(`The gateway is not ready: ${(await answer?.text()) ?? 'no answer'}`);
  }
}

async function cpuSeconds(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const seconds = /^process_cpu_seconds_total ([\d.e+-]+)/m.exec(text)?.[1];
  return Number(seconds);
}

interface Place {
  databaseUrl: string;
  workerDatabaseUrl: string;
  authUrl: string;
  upstreamUrl: string;
  namespace: string;
}

/** The gateway as it is built, with the settings of production and every limit at its default. */
export async function startGateway(processes: Processes, ground: Ground, place: Place): Promise<Side> {
  const port = await freePort();
  processes.run(resolve(APP, 'dist/main.cjs'), {
    NODE_ENV: 'production',
    PORT: String(port),
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
  const url = `http://127.0.0.1:${port}`;
  await untilReady(url);
  return { port, cpuSeconds: () => cpuSeconds(url) };
}

/** http-proxy-middleware alone. */
export async function startBareProxy(processes: Processes, upstreamUrl: string): Promise<Side> {
  const { port, ask } = await processes.start('bare-proxy.mts', { UPSTREAM_URL: upstreamUrl });
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
