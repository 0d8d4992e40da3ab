import { type Platform, queryRows, runningPlatform } from '@orion/access';
import { createClient } from '@orion/client';
import {
  changeMe,
  createCustomer,
  createWebhookSubscription,
  deleteWebhookSubscription,
  login,
} from '@orion/contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import { heldWhile } from './held-request';
import { type Organization, risenAgain } from './organization';
import { ServiceLog } from './service-log';
import { type SlowReceiver, startSlowReceiver } from './slow-receiver';

/** Between the signal and the stop of every part lies work of the event loop. */
const AT_ONCE_MS = 250;
const LIMIT_MS = 30_000;
const READY_WITHIN_MS = 60_000;
/** Shorter than the sender waits for an answer, longer than anything else that has to end. */
const RECEIVER_TAKES_MS = 6_000;

export interface ServiceStop {
  service: string;
  tookMs: number;
  /** Events taken before it was asked to end, since its start, and after. */
  before: number;
  after: number;
}

type Call = (client: ReturnType<typeof createClient>) => Promise<unknown>;

/** For each service a request that is in its handler while a table is locked. */
const HELD: Record<string, { owner: string; table: string; call: (who: Organization['who']) => Call }> = {
  gateway: { owner: 'scheduling', table: 'customer', call: () => newCustomer },
  scheduling: { owner: 'scheduling', table: 'customer', call: () => newCustomer },
  auth: { owner: 'auth', table: 'session', call: (who) => (it) => it.call(login, { body: who }) },
  user: { owner: 'user', table: 'person', call: () => (it) => it.call(changeMe, { body: { name: 'Held' } }) },
  notification: { owner: 'notification', table: 'webhook_subscription', call: () => newSubscription },
};

const newCustomer: Call = (client) =>
  client.call(createCustomer, {
    body: { name: 'Held', address: { country: 'FR', place: { latitude: 45.76, longitude: 4.84 } } },
  });

const newSubscription: Call = async (client) => {
  const body = { url: 'http://127.0.0.1:9/', eventTypes: ['customer.created'] };
  const { id } = await client.call(createWebhookSubscription, { body });
  await client.call(deleteWebhookSubscription, { params: { id } });
};

export const STOPPABLE = Object.keys(HELD);

const isGone = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
};

/** Milliseconds the process took to end. */
async function gone(pid: number, since: number): Promise<number> {
  while (!isGone(pid)) {
    if (performance.now() - since > LIMIT_MS) throw new Error(`process ${pid} outlived ${LIMIT_MS / 1000} s`);
    await sleep(20);
  }
  return performance.now() - since;
}

async function readyAgain({ serviceUrls }: Platform, service: string): Promise<void> {
  for (const until = Date.now() + READY_WITHIN_MS; ; await sleep(100)) {
    const answer = await fetch(`${serviceUrls[service]}/health/ready`).catch(() => null);
    if (answer?.ok) return;
    if (Date.now() > until) throw new Error(`${service} was not ready again`);
  }
}

async function webhookOnItsWay(receiver: SlowReceiver): Promise<void> {
  for (const until = Date.now() + READY_WITHIN_MS; receiver.inHand() === 0; await sleep(50)) {
    if (Date.now() > until) throw new Error('no webhook was sent');
  }
}

const TAKEN = `
  SELECT count(*) FILTER (WHERE received_at <= to_timestamp($1))::int AS before,
         count(*) FILTER (WHERE received_at > to_timestamp($1) AND received_at <= to_timestamp($2))::int AS after
    FROM platform.inbox WHERE received_at > to_timestamp($3)`;

const seconds = (ms: number): number => ms / 1_000;

/** The inbox row is the first thing a handler's transaction writes, with the moment. */
async function taken(
  auditUrl: string,
  { since, asked, ended }: Record<'since' | 'asked' | 'ended', number>,
): Promise<{ before: number; after: number }> {
  const [row] = await queryRows(auditUrl, TAKEN, [asked + AT_ONCE_MS, ended, since].map(seconds));
  return row as { before: number; after: number };
}

/** Tells a service of the running platform to end, with a request in its handler and webhooks on their way. */
export async function serviceStopped(
  platform: Platform,
  service: string,
  { client, who }: Organization,
): Promise<ServiceStop> {
  const held = HELD[service];
  const pid = runningPlatform().pids[service];
  if (!held || !pid) throw new Error(`${service} does not run`);
  const receiver = await startSlowReceiver(RECEIVER_TAKES_MS);
  const body = { url: receiver.url, eventTypes: ['*'] };
  const { id } = await client.call(createWebhookSubscription, { body }, `fault-5-${service}-${pid}`);
  const { accessToken } = await client.call(login, { body: who });
  const once = createClient({ baseUrl: platform.url, token: () => accessToken });
  const log = new ServiceLog(service);
  const since = Date.now();
  try {
    await sleep(1_500);
    if (service === 'notification') await webhookOnItsWay(receiver);
    let asked = 0;
    const answer = await heldWhile(
      { ownerUrl: platform.postgres.services[held.owner]?.ownerUrl ?? '', table: held.table },
      () => held.call(who)(once),
      () => {
        asked = performance.now();
        process.kill(pid, 'SIGTERM');
      },
    ).then(
      () => 'answered',
      (error: unknown) => String(error),
    );
    if (answer !== 'answered') throw new Error(`${service}: the request in its handler got ${answer}`);
    const tookMs = await gone(pid, asked);
    await risenAgain(service, pid, runningPlatform);
    const end = runningPlatform().ends[service];
    if (end?.pid !== pid || end.how !== 'exit code 0')
      throw new Error(`${service} ended with ${end?.how ?? 'nobody knows what'}`);
    const moments = {
      since,
      asked: log.first('service_stop_started') ?? 0,
      ended: log.first('service_stop_completed') ?? 0,
    };
    if (!moments.asked || !moments.ended) throw new Error(`${service} did not tell of its stop`);
    await readyAgain(platform, service);
    return { service, tookMs, ...(await taken(platform.postgres.auditUrls[service] ?? '', moments)) };
  } finally {
    await client.call(deleteWebhookSubscription, { params: { id } });
    await receiver.close();
  }
}
