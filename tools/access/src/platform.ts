import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const ServiceDatabase = z.object({
  database: z.string(),
  ownerUrl: z.string(),
  appUrl: z.string(),
  workerUrl: z.string(),
});

/** The private broker's command line tool with the environment it needs. */
const BrokerControl = z.object({ command: z.string(), env: z.record(z.string(), z.string()) });

/** What the launcher writes when the platform is ready; everything a tool beside the platform may need. */
const Platform = z.object({
  url: z.string(),
  mailUrl: z.string(),
  /** Where each service itself answers, past the gateway. */
  serviceUrls: z.record(z.string(), z.string()),
  pids: z.record(z.string(), z.number()),
  /** How the process of that name before the present one ended, such as `exit code 0`. */
  ends: z.record(z.string(), z.object({ pid: z.number(), how: z.string() })),
  postgres: z.object({
    adminUrl: z.string(),
    services: z.record(z.string(), ServiceDatabase),
    auditUrls: z.record(z.string(), z.string()),
  }),
  rabbitmqControl: BrokerControl.optional(),
  rabbitmqUrl: z.string(),
  redisUrl: z.string(),
  /** First part of the names of exchanges and queues. */
  messagingNamespace: z.string(),
});
export type Platform = z.infer<typeof Platform>;

const workspace = resolve(__dirname, '../../..');

/** Folder in which the launcher keeps the state of this checkout. */
export const stateFolder = (): string => resolve(workspace, process.env['ORION_STATE'] ?? '.orion');

/** The running platform of this checkout; throws one plain sentence where none is running. */
export function runningPlatform(): Platform {
  const file = join(stateFolder(), 'platform.json');
  try {
    return Platform.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Error(`No running platform is described in ${file}. Run "npm start -- --detach" first.`, {
      cause: error,
    });
  }
}
