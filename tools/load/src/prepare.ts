import { inParallel, type Login, type PersistentClient, persistentClient } from '@orion/access';
import {
  addMember,
  createBusinessUnit,
  createCustomer,
  createProvider,
  createServiceOrder,
  createTechnician,
  createWorkTeam,
  login,
  register,
} from '@orion/contracts';
import { randomUUID } from 'node:crypto';

/** Somebody who can sign in, and what they plan. */
export interface LoadUser extends Login {
  organizationId: string;
  businessUnitId: string;
  /** Skill of the one technician whose day this user plans, so that no two take the same start. */
  area: string;
  token: string;
  tokenEndsAt: string;
}

const PER_ORGANIZATION = 10;
const OPEN_ORDERS = 30;
const AT_ONCE = 4;
const DAY_MS = 24 * 3_600_000;
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

const LYON = { latitude: 45.758, longitude: 4.855 };
const address = { street: '1 rue Garibaldi', postalCode: '69003', city: 'Lyon', country: 'FR', place: LYON };

interface Member extends Login {
  organizationId: string;
}

async function registerOne(url: string, run: string, name: string): Promise<Member> {
  const email = `${name}@load-${run}.orion.example`;
  const password = randomUUID();
  const organizationName = `Load ${run} ${name}`;
  const body = { email, password, name, organizationName, termsAccepted: true as const };
  const { organizationId } = await persistentClient(url, null).call(register, { body });
  return { email, password, organizationId };
}

/** A business unit with one technician for each user, every day of the week. */
async function openBusinessUnit(client: PersistentClient, areas: readonly string[]): Promise<string> {
  const body = {
    code: 'lyon',
    name: 'Lyon',
    country: 'FR',
    timezone: 'Europe/Paris',
    workingDays: EVERY_DAY,
  };
  const { id } = await client.call(createBusinessUnit, { body });
  const provider = await client.call(createProvider, { body: { name: 'Rhône Services' } });
  const team = await client.call(createWorkTeam, {
    body: { providerId: provider.id, businessUnitId: id, name: 'Lyon' },
  });
  const shifts = EVERY_DAY.map((weekday) => ({ weekday, from: '08:00', to: '18:00' }));
  for (const area of areas) {
    const technician = {
      workTeamId: team.id,
      name: `Technician of ${area}`,
      home: LYON,
      skills: [area],
      shifts,
    };
    await client.call(createTechnician, { body: { email: null, ...technician } });
  }
  return id;
}

/** Orders that lie there already, so that lists are what they are on an ordinary day. */
async function takeOrders(client: PersistentClient, businessUnitId: string, area: string): Promise<void> {
  const customer = await client.call(createCustomer, { body: { name: 'Camille Durand', address } });
  const earliestStart = new Date(Date.now() + DAY_MS).toISOString();
  const latestStart = new Date(Date.now() + 8 * DAY_MS).toISOString();
  for (let count = 0; count < OPEN_ORDERS; count++) {
    const job = {
      kind: 'MAINTENANCE' as const,
      title: 'Yearly boiler service',
      skills: [area],
      durationMinutes: 60,
    };
    const body = { customerId: customer.id, businessUnitId, earliestStart, latestStart, ...job };
    await client.call(createServiceOrder, { body });
  }
}

async function openOrganization(url: string, run: string, index: number, size: number): Promise<LoadUser[]> {
  const members: Member[] = [];
  for (let count = 0; count < size; count++)
    members.push(await registerOne(url, run, `operator-${index}-${count}`));
  const [admin, ...others] = members;
  if (!admin) return [];
  const client = persistentClient(url, admin);
  const { organizationId } = admin;
  for (const { email } of others) {
    await client.call(addMember, { params: { id: organizationId }, body: { email, roles: ['operator'] } });
  }
  const areas = members.map((_, count) => `area-${count}`);
  const businessUnitId = await openBusinessUnit(client, areas);
  await takeOrders(client, businessUnitId, areas[0] ?? '');
  return members.map(({ email, password }, count) => ({
    ...{ email, password, organizationId, businessUnitId, area: areas[count] ?? '' },
    ...{ token: '', tokenEndsAt: '' },
  }));
}

/** Signs a user in through the API. */
async function signIn(url: string, user: LoadUser): Promise<LoadUser> {
  const { email, password, organizationId } = user;
  const body = { email, password, organizationId };
  const { accessToken, expiresIn } = await persistentClient(url, null).call(login, { body });
  return { ...user, token: accessToken, tokenEndsAt: new Date(Date.now() + expiresIn * 1_000).toISOString() };
}

/**
 * Opens organizations with `count` operators in all, ten to each, through the public API: crews, customers and orders
 * like those of the demo; then signs everybody in. Nothing of it is measured.
 */
export async function prepareUsers(
  url: string,
  count: number,
  say: (text: string) => void,
): Promise<LoadUser[]> {
  const run = randomUUID().slice(0, 8);
  const sizes = Array.from({ length: Math.ceil(count / PER_ORGANIZATION) }, (_, index) =>
    Math.min(PER_ORGANIZATION, count - index * PER_ORGANIZATION),
  );
  let done = 0;
  const organizations = await inParallel(AT_ONCE, sizes, async (size, index) => {
    const users = await openOrganization(url, run, index, size);
    say(`  organization ${++done} of ${sizes.length} is open`);
    return users;
  });
  say(`  signing ${count} users in`);
  return inParallel(AT_ONCE, organizations.flat(), (user) => signIn(url, user));
}
