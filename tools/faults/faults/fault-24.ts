import { queryRows } from '@orion/access';
import {
  createBusinessUnit,
  createCustomer,
  createRole,
  createTeam,
  createWebhookSubscription,
  readMe,
} from '@orion/contracts';
import { abortAndRead } from './aborted-requests';
import type { Fault } from './fault';
import { readWithoutContext } from './missing-context';
import { eventAudit, newOrganization, type Organization } from './organization';
import { crossEveryRoute } from './tenant-routes';

/** Ids of rows of the organization, of several kinds. */
async function rowsOf({ id, client }: Organization): Promise<string[]> {
  const address = { country: 'FR', place: { latitude: 45.76, longitude: 4.84 } };
  const me = await client.call(readMe, {});
  const rows = [
    await client.call(createCustomer, { body: { name: 'Theirs', address } }),
    await client.call(createBusinessUnit, {
      body: { name: 'Theirs', code: 'THEIRS', country: 'FR', timezone: 'Europe/Paris' },
    }),
    await client.call(createWebhookSubscription, {
      body: { url: 'https://faults.example.com/hook', eventTypes: ['*'] },
    }),
    await client.call(createRole, { body: { name: 'Theirs' } }),
    await client.call(createTeam, { params: { id }, body: { name: 'Theirs' } }),
  ];
  return [id, me.id, ...rows.map((it) => it.id)];
}

/** Crossing from one tenant to another: by ids, by what an abort leaves on a connection, by a missing context. */
export const fault24: Fault = async (platform) => {
  const us = await newOrganization(platform, 'crossing');
  const them = await newOrganization(platform, 'crossed');
  const foreign = await rowsOf(them);
  const crossed = await crossEveryRoute(platform, us.token, foreign);
  const aborted = await abortAndRead(platform, them, us);
  const blind = await readWithoutContext(platform);
  const [name] = await queryRows(
    platform.postgres.auditUrls['user'] ?? '',
    'SELECT name FROM organization WHERE id = $1',
    [them.id],
  );
  if (name?.['name'] !== 'Fault crossed') throw new Error('the other organization was changed');
  for (const { id } of [us, them]) {
    const { faults } = await eventAudit(platform, id, 60_000);
    if (faults.length > 0) throw new Error(`${faults.length}: ${faults.slice(0, 3).join('; ')}`);
  }
  return `${crossed.requests} foreign ids at ${crossed.routes} routes, at the gateway and past it, told apart from missing ones by nothing (${crossed.notFound} by 404, the rest refused for their body alike); ${aborted.aborted} aborted requests, ${aborted.reads} reads over the same pools saw own rows only; without an organization ${blind.tables} tables showed none of ${blind.hidden} rows; every event had its effects once`;
};
