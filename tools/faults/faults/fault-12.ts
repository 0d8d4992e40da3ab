import { inParallel, type Platform, queryRows, runningPlatform } from '@orion/access';
import { createCustomer } from '@orion/contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault';
import { lostCommit } from './lost-commit';
import { eventAudit, newOrganization, risenAgain } from './organization';

const CUSTOMERS = 300;
const ADDRESS = { country: 'FR', place: { latitude: 45.76, longitude: 4.84 } };

/** PostgreSQL is killed while clients write; each of them repeats its request, with its key, until it has an answer. */
async function restarted(platform: Platform): Promise<string> {
  const { id, client } = await newOrganization(platform, 'database');
  const postgres = platform.pids['postgres'];
  if (!postgres) throw new Error('PostgreSQL is not this checkout’s own, so it is not killed');
  const create = (n: number) =>
    client.call(createCustomer, { body: { name: `Customer ${n}`, address: ADDRESS } }, `fault-12-${n}`);

  const numbers = Array.from({ length: CUSTOMERS }, (_, n) => n);
  const writing = inParallel(8, numbers, create);
  await sleep(1_000);
  process.kill(postgres, 'SIGINT');
  await risenAgain('postgres', postgres, runningPlatform);
  const first = await writing;
  const again = await inParallel(8, numbers, create);
  const changed = numbers.filter((n) => JSON.stringify(first[n]) !== JSON.stringify(again[n]));
  if (changed.length > 0) throw new Error(`${changed.length} keys answered differently when repeated`);
  const [row] = await queryRows(
    platform.postgres.auditUrls['scheduling'] ?? '',
    'SELECT count(*)::int AS n FROM customer WHERE organization_id = $1',
    [id],
  );
  if (row?.['n'] !== CUSTOMERS) throw new Error(`${String(row?.['n'])} customers of ${CUSTOMERS} keys`);
  const { faults, events } = await eventAudit(platform, id, 120_000);
  if (faults.length > 0) throw new Error(`${faults.length}: ${faults.slice(0, 3).join('; ')}`);
  return `restart under ${CUSTOMERS} keyed writes: ${CUSTOMERS} customers, ${events} events`;
}

/** PostgreSQL restarts; the answer to a COMMIT is lost: a repeat with the key gives one result. */
export const fault12: Fault = async (platform) =>
  `${await restarted(platform)}; ${await lostCommit(platform)}`;
