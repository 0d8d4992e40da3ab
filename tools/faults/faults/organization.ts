import { factsOf, eventFaults, persistentClient, type PersistentClient, type Platform } from '@orion/access';
import { login, register } from '@orion/contracts';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Organization {
  id: string;
  client: PersistentClient;
  who: { email: string; password: string };
  /** An access token of its first person, for requests that are no client's. */
  token: string;
}

/** An organization of this fault's own on the running platform. */
export async function newOrganization(platform: Platform, name: string): Promise<Organization> {
  const who = {
    email: `${name}-${randomBytes(6).toString('hex')}@faults.example.com`,
    password: randomBytes(18).toString('hex'),
  };
  const anybody = persistentClient(platform.url, null);
  await anybody.call(register, {
    body: { ...who, name, organizationName: `Fault ${name}`, termsAccepted: true },
  });
  const { organizationId, accessToken } = await anybody.call(login, { body: who });
  return { id: organizationId, client: persistentClient(platform.url, who), who, token: accessToken };
}

/** What does not add up between all outboxes and all inboxes, once quiet or after `withinMs`. */
export async function eventAudit(
  platform: Platform,
  organizationId: string,
  withinMs: number,
): Promise<{ faults: string[]; events: number }> {
  for (const until = Date.now() + withinMs; ; await sleep(500)) {
    const services = await Promise.all(
      Object.values(platform.postgres.auditUrls).map((url) => factsOf(url, organizationId)),
    ).catch((error: unknown) => {
      if (Date.now() > until) throw error;
      return null;
    });
    if (!services) continue;
    const faults = eventFaults(services);
    if (faults.length === 0 || Date.now() > until) {
      return { faults, events: services.reduce((sum, it) => sum + it.published.size, 0) };
    }
  }
}

/** Waits until the launcher has started a program again; answers with its new process id. */
export async function risenAgain(
  name: string,
  before: number,
  read: () => Platform,
  withinMs = 60_000,
): Promise<number> {
  for (const until = Date.now() + withinMs; ; await sleep(200)) {
    const pid = read().pids[name];
    if (pid !== undefined && pid !== before) return pid;
    if (Date.now() > until) throw new Error(`${name} was not started again within ${withinMs / 1000} s`);
  }
}
