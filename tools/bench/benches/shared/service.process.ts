import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Processes } from './processes';

const READY_MS = 60_000;

/** Folder of an app. */
export const folderOf = (app: string): string => resolve(__dirname, '../../../../apps', app);

/** A built service that is ready. */
export interface Running {
  port: number;
  /** Seconds of processor time its process has used so far. */
  cpuSeconds(): Promise<number>;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function untilReady(app: string, url: string): Promise<void> {
  for (const until = Date.now() + READY_MS; ; await sleep(200)) {
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    if (Date.now() > until) throw new Error(`${app} is not ready: ${(await answer?.text()) ?? 'no answer'}`);
  }
}

async function cpuSeconds(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const seconds = /^process_cpu_seconds_total ([\d.e+-]+)/m.exec(text)?.[1];
  return Number(seconds);
}

/** An app as it is built, with the settings of production; whatever `env` leaves out is at its default. */
export async function startService(
  processes: Processes,
  app: string,
  { PORT, ...env }: NodeJS.ProcessEnv & { PORT: string },
): Promise<Running> {
  processes.run(resolve(folderOf(app), 'dist/main.cjs'), { NODE_ENV: 'production', PORT, ...env });
  const url = `http://127.0.0.1:${PORT}`;
  await untilReady(app, url);
  return { port: Number(PORT), cpuSeconds: () => cpuSeconds(url) };
}
