import { Temporal } from 'temporal-polyfill';
import { ApiProblem } from '@orion/client';
import {
  createBusinessUnit,
  createProvider,
  createTechnician,
  createWebhookSubscription,
  createWorkTeam,
  deleteWebhookSubscription,
  listHolidays,
  listWebhookSubscriptions,
  register,
  replaceWebhookSubscription,
} from '@orion/contracts';
import { inParallel, type PersistentClient } from '@orion/access';
import { DETOUR_FACTOR, SPEED_KMH, toLocalTime, toPlace, toSkills } from './conversion';
import { type Instance } from './instance';
import { type Receiver } from './receiver';
import { type Run, saveRun } from './run';

const TIMEZONE = 'Europe/Paris';
const TEAMS = 5;
const WORKING_DAYS = [1, 2, 3, 4, 5];

export async function openOrganization(client: PersistentClient, run: Run): Promise<void> {
  const body = {
    email: run.email,
    password: run.password,
    name: 'Day dispatcher',
    organizationName: `Day ${run.id}`,
    termsAccepted: true as const,
  };
  await client.call(register, { body }).catch((error: unknown) => {
    if (!(error instanceof ApiProblem && error.problem.code === 'EMAIL_TAKEN')) throw error;
  });
}

/** The next day after today that the business unit works, at 08:00 local time. */
async function nextWorkingDay(client: PersistentClient, businessUnitId: string): Promise<string> {
  const closed = new Set<string>();
  const today = Temporal.Now.plainDateISO(TIMEZONE);
  for (const year of [today.year, today.year + 1]) {
    const { items } = await client.call(listHolidays, { params: { id: businessUnitId }, query: { year } });
    for (const it of items) closed.add(it.date);
  }
  let day = today.add({ days: 1 });
  while (!WORKING_DAYS.includes(day.dayOfWeek) || closed.has(day.toString())) day = day.add({ days: 1 });
  return day.toZonedDateTime({ timeZone: TIMEZONE, plainTime: '08:00' }).toInstant().toString();
}

export async function openBusinessUnit(client: PersistentClient, run: Run): Promise<string> {
  const body = {
    code: 'lyon',
    name: 'Lyon',
    country: 'FR',
    timezone: TIMEZONE,
    workingDays: WORKING_DAYS,
    travelSpeedKmh: SPEED_KMH,
    detourFactor: DETOUR_FACTOR,
  };
  const { id } = await client.call(createBusinessUnit, { body }, `${run.id}-business-unit`);
  if (!run.dayStart) {
    run.dayStart = await nextWorkingDay(client, id);
    saveRun(run);
  }
  return id;
}

/**
 * One subscription to everything. A secret is shown once: a subscription whose secret was lost with its answer
 * is ended and made anew, before any order exists.
 */
export async function subscribe(client: PersistentClient, run: Run, receiver: Receiver): Promise<void> {
  const body = {
    url: `http://127.0.0.1:${receiver.port}/`,
    eventTypes: ['*'],
    description: `Day ${run.id}`,
    active: true,
  };
  if (run.subscription) {
    receiver.trust(run.subscription.secret);
    if (run.receiverPort !== receiver.port) {
      await client.call(replaceWebhookSubscription, { params: { id: run.subscription.id }, body });
    }
  } else {
    const { items } = await client.call(listWebhookSubscriptions, { query: {} });
    for (const { id } of items) await client.call(deleteWebhookSubscription, { params: { id } });
    const { id, secret } = await client.call(createWebhookSubscription, { body });
    run.subscription = { id, secret };
    receiver.trust(secret);
  }
  run.receiverPort = receiver.port;
  saveRun(run);
}

export async function hireTechnicians(
  client: PersistentClient,
  run: Run,
  instance: Instance,
  businessUnitId: string,
): Promise<void> {
  const provider = await client.call(
    createProvider,
    { body: { name: 'Day crew', externalId: 'day-crew' } },
    `${run.id}-provider`,
  );
  const teams = await inParallel(
    4,
    Array.from({ length: TEAMS }, (_, n) => n + 1),
    (n) =>
      client.call(
        createWorkTeam,
        { body: { providerId: provider.id, businessUnitId, name: `Team ${n}`, externalId: `team-${n}` } },
        `${run.id}-team-${n}`,
      ),
  );
  await inParallel(4, instance.technicians, (it, index) => {
    const team = teams[index % TEAMS];
    if (!team) throw new Error('a day needs at least one team');
    return client.call(
      createTechnician,
      {
        body: {
          workTeamId: team.id,
          name: `Technician ${it.id}`,
          email: `technician-${it.id}@day-${run.id}.example.com`,
          home: toPlace(instance, it),
          skills: toSkills(it),
          shifts: WORKING_DAYS.map((weekday) => ({
            weekday,
            from: toLocalTime(it.from),
            to: toLocalTime(it.to),
          })),
          externalId: `technician-${it.id}`,
        },
      },
      `${run.id}-technician-${it.id}`,
    );
  });
}
