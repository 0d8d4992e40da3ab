import { Temporal } from 'temporal-polyfill';
import {
  createBusinessUnit,
  createProvider,
  createTechnician,
  createWorkTeam,
  listBusinessUnits,
  listHolidays,
  listProviders,
  listTechnicians,
  listWorkTeams,
} from '@orion/contracts';
import { type PersistentClient } from '@orion/access';
import { demoTechnicians, TEAMS } from './demo-data';
import { ensure } from './ensure';
import { workingDays } from './working-days';

export const TIMEZONE = 'Europe/Paris';

export interface Crew {
  businessUnitId: string;
  days: Temporal.PlainDate[];
}

/** One business unit, a provider with three teams and twelve technicians, and the days they work next. */
export async function hire(client: PersistentClient): Promise<Crew> {
  const businessUnit = await ensure(
    () =>
      client.call(createBusinessUnit, {
        body: { code: 'lyon', name: 'Lyon', country: 'FR', timezone: TIMEZONE },
      }),
    () => client.call(listBusinessUnits, { query: {} }),
  );
  const provider = await ensure(
    () => client.call(createProvider, { body: { name: 'Rhône Services', externalId: 'demo' } }),
    () => client.call(listProviders, { query: { externalId: 'demo' } }),
  );
  const teams: string[] = [];
  for (const [index, name] of TEAMS.entries()) {
    const externalId = `demo-${index}`;
    const body = { providerId: provider.id, businessUnitId: businessUnit.id, name, externalId };
    const team = await ensure(
      () => client.call(createWorkTeam, { body }),
      () => client.call(listWorkTeams, { query: { externalId } }),
    );
    teams.push(team.id);
  }
  for (const [index, { name, team, home, skills }] of demoTechnicians().entries()) {
    const externalId = `demo-${index}`;
    const workTeamId = teams[team];
    if (!workTeamId) throw new Error(`there is no team ${team}`);
    const body = {
      workTeamId,
      name,
      email: `${name
        .split(' ')[0]
        ?.normalize('NFD')
        .replace(/[^A-Za-z]/g, '')
        .toLowerCase()}@demo.orion.example`,
      home,
      skills,
      shifts: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '08:00', to: '18:00' })),
      externalId,
    };
    await ensure(
      () => client.call(createTechnician, { body }),
      () => client.call(listTechnicians, { query: { externalId } }),
    );
  }
  return { businessUnitId: businessUnit.id, days: await nextDays(client, businessUnit.id) };
}

async function nextDays(client: PersistentClient, businessUnitId: string): Promise<Temporal.PlainDate[]> {
  const today = Temporal.Now.plainDateISO(TIMEZONE);
  const closed = new Set<string>();
  for (const year of [today.year, today.year + 1]) {
    const { items } = await client.call(listHolidays, { params: { id: businessUnitId }, query: { year } });
    for (const it of items) closed.add(it.date);
  }
  return workingDays(today, closed, 8);
}
