import { inParallel, persistentClient, type Platform, queryRows } from '@orion/access';
import { addMember, register } from '@orion/contracts';
import { randomBytes } from 'node:crypto';
import type { Fault } from './fault';
import { inWords, isWhole } from './ground';
import { eventAudit, newOrganization, type Organization } from './organization';
import { serviceStopped, type ServiceStop, STOPPABLE } from './service-stop';
import { startLoad } from './steady-load';
import { consumersStopped } from './worker-stop';

const LIMIT_MS = 30_000;
const ROUNDS = 3;

async function processes(platform: Platform): Promise<string> {
  const { stops, count } = await consumersStopped(platform, { rounds: ROUNDS });
  for (const { before, after, exitCode, tookMs } of stops) {
    if (after > 0) throw new Error(`${after} handlers started after SIGTERM, ${before} before`);
    if (exitCode !== 0 || tookMs > LIMIT_MS)
      throw new Error(`exit code ${exitCode} after ${Math.round(tookMs)} ms`);
  }
  if (!isWhole(count)) throw new Error(inWords(count));
  const late = await consumersStopped(platform, { rounds: 1, mutation: 'late stop' });
  const seen = late.stops[0]?.after ?? 0;
  if (seen === 0) throw new Error('with SIGTERM heeded late no handler was seen to start after it');
  const slowest = Math.max(...stops.map((it) => it.tookMs));
  return `${ROUNDS} consumers and a producer under load, exit 0 within ${Math.round(slowest)} ms: ${inWords(count)}; SIGTERM heeded late: ${seen} handlers started after it, seen`;
}

/** Somebody whose roles can be changed. */
async function secondMember(platform: Platform, { id, client }: Organization): Promise<string> {
  const email = `second-${randomBytes(6).toString('hex')}@faults.example.com`;
  const password = randomBytes(18).toString('hex');
  const person = {
    email,
    password,
    name: 'Second',
    organizationName: 'Second',
    termsAccepted: true as const,
  };
  await persistentClient(platform.url, null).call(register, { body: person });
  const body = { email, roles: ['viewer'] };
  const { userId } = await client.call(addMember, { params: { id }, body });
  return userId;
}

const inShort = ({ service, tookMs, before }: ServiceStop): string =>
  `${service} ${(tookMs / 1_000).toFixed(1)} s (${before} events taken before)`;

async function services(platform: Platform): Promise<string> {
  const organization = await newOrganization(platform, 'stop');
  const load = startLoad(organization, 'fault-5', await secondMember(platform, organization));
  const stops: ServiceStop[] = [];
  try {
    for (const service of STOPPABLE) stops.push(await serviceStopped(platform, service, organization));
  } finally {
    await load.end();
  }
  const unruly = stops.filter((it) => it.after > 0);
  if (unruly.length > 0)
    throw new Error(
      `handlers started after SIGTERM: ${unruly.map((it) => `${it.service} ${it.after}`).join(', ')}`,
    );
  const answers = await load.end();
  await inParallel(8, [...answers], async ([key, answer]) => {
    if ((await load.repeat(key)) !== answer) throw new Error(`${key} answered differently when repeated`);
  });
  const [row] = await queryRows(
    platform.postgres.auditUrls['scheduling'] ?? '',
    "SELECT count(*)::int AS n FROM customer WHERE organization_id = $1 AND name <> 'Held'",
    [organization.id],
  );
  if (row?.['n'] !== answers.size) throw new Error(`${String(row?.['n'])} customers of ${answers.size} keys`);
  const { faults, events } = await eventAudit(platform, organization.id, 120_000);
  if (faults.length > 0) throw new Error(`${faults.length}: ${faults.slice(0, 3).join('; ')}`);
  return `${stops.map(inShort).join(', ')}; every request in a handler answered; ${answers.size} keys, one customer each, ${events} events`;
}

/** SIGTERM under load: to processes whose every handler is counted, and to each service of the platform. */
export const fault5: Fault = async (platform) =>
  `${await processes(platform)}; services: ${await services(platform)}`;
