import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  changeBusinessUnit,
  changeCustomer,
  changeProvider,
  changeTechnician,
  changeWorkTeam,
  createBusinessUnit,
  createCustomer,
  createProvider,
  createTechnician,
  createWorkTeam,
  listBusinessUnits,
  listCustomers,
  listHolidays,
  listProviders,
  listTechnicians,
  listWorkTeams,
  readBusinessUnit,
  readCustomer,
  readProvider,
  readTechnician,
  readWorkTeam,
} from '@orion/contracts';
import { codeOf, problemOf, type TestService } from '@orion/testing';
import { randomUUID } from 'node:crypto';
import { startService } from './support/service';
import { eventsAbout } from './support/sql';
import { address, LYON, newWorld } from './support/world';

describe('records', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.close());

  it('business units have checked settings and holidays', async () => {
    const world = await newWorld(service);
    const { id } = world.businessUnit;
    expect(world.businessUnit).toMatchObject({
      workingDays: [1, 2, 3, 4, 5],
      holdLifeMinutes: 2880,
      holdsPerCustomer: 3,
      version: 1,
    });
    const more = { code: 'ES', name: 'España', country: 'ES', timezone: 'Europe/Madrid', region: 'MD' };
    const spain = await world.call(createBusinessUnit, { body: more });
    expect(await codeOf(world.call(createBusinessUnit, { body: more }))).toBe('CONFLICT');
    const mars = world.call(createBusinessUnit, { body: { ...more, code: 'M', timezone: 'Mars/Olympus' } });
    expect(await problemOf(mars)).toMatchObject({
      code: 'UNKNOWN_TIMEZONE',
      status: 400,
      errors: [{ field: 'body.timezone' }],
    });
    const ownDays = [
      { date: '2026-05-02', name: 'Moving', kind: 'HOLIDAY' as const },
      { date: '2026-05-01', name: 'Open', kind: 'WORKING' as const },
    ];
    const changed = await world.call(changeBusinessUnit, {
      params: { id },
      body: { ownDays, name: 'La France' },
    });
    expect(changed).toMatchObject({ ownDays, name: 'La France', version: 2, code: 'FR' });
    expect(await world.call(readBusinessUnit, { params: { id } })).toEqual(changed);
    expect(await codeOf(world.call(changeBusinessUnit, { params: { id }, body: { region: 'MD' } }))).toBe(
      'VALIDATION_FAILED',
    );
    const { items } = await world.call(listHolidays, { params: { id }, query: { year: 2026 } });
    expect(items).toContainEqual({ date: '2026-05-02', name: 'Moving', source: 'OWN' });
    expect(items.map((it) => it.date)).not.toContain('2026-05-01');
    const madrid = await world.call(listHolidays, { params: { id: spain.id }, query: { year: 2026 } });
    expect(madrid.items).toContainEqual(expect.objectContaining({ date: '2026-05-02', source: 'PUBLIC' }));
    expect((await world.call(listBusinessUnits, { query: { limit: 1 } })).items.map((it) => it.code)).toEqual(
      ['ES'],
    );
  });

  it('customers', async () => {
    const world = await newWorld(service);
    const body = { name: 'Zoë', address: address(), externalId: 'C-1', language: 'fr' as const };
    const made = await world.call(createCustomer, { body });
    expect(made).toMatchObject({ ...body, email: null, phone: null, archived: false, version: 1 });
    expect((await eventsAbout(service, made.id))[0]).toEqual({
      type: 'customer.created',
      data: { customerId: made.id, name: 'Zoë', externalId: 'C-1' },
    });
    expect(await codeOf(world.call(createCustomer, { body }))).toBe('CONFLICT');
    const other = await newWorld(service);
    await other.call(createCustomer, { body });
    const changed = await world.call(changeCustomer, {
      params: { id: made.id },
      body: { archived: true, address: { ...body.address, city: 'Bron' } },
    });
    expect(changed).toMatchObject({ archived: true, version: 2, address: { city: 'Bron' } });
    expect(await world.call(readCustomer, { params: { id: made.id } })).toEqual(changed);
    await world.customer();
    expect((await world.call(listCustomers, { query: { externalId: 'C-1' } })).items).toEqual([changed]);
    const first = await world.call(listCustomers, { query: { limit: 1 } });
    const rest = await world.call(listCustomers, { query: { cursor: first.nextCursor ?? '' } });
    expect(rest).toEqual({ items: [changed], nextCursor: null });
    expect(
      await codeOf(world.call(createCustomer, { body: { ...body, externalId: null, name: 'a\0b' } })),
    ).toBe('VALIDATION_FAILED');
  });

  it('providers and work teams', async () => {
    const world = await newWorld(service);
    const provider = await world.call(createProvider, { body: { name: 'Nord', externalId: 'P-1' } });
    expect(await codeOf(world.call(createProvider, { body: { name: 'x', externalId: 'P-1' } }))).toBe(
      'CONFLICT',
    );
    const body = {
      name: 'Lille',
      providerId: provider.id,
      businessUnitId: world.businessUnit.id,
      externalId: 'T-1',
    };
    const team = await world.call(createWorkTeam, { body });
    expect(await codeOf(world.call(createWorkTeam, { body }))).toBe('CONFLICT');
    for (const missing of [{ providerId: randomUUID() }, { businessUnitId: randomUUID() }]) {
      expect(
        await codeOf(world.call(createWorkTeam, { body: { ...body, externalId: null, ...missing } })),
      ).toBe('REFERENCE_MISSING');
    }
    const renamed = await world.call(changeWorkTeam, { params: { id: team.id }, body: { name: 'Lille 2' } });
    expect(await world.call(readWorkTeam, { params: { id: team.id } })).toEqual({ ...renamed, version: 2 });
    const archived = await world.call(changeProvider, {
      params: { id: provider.id },
      body: { archived: true },
    });
    expect(await world.call(readProvider, { params: { id: provider.id } })).toEqual(archived);
    expect(await codeOf(world.call(createWorkTeam, { body: { ...body, externalId: 'T-2' } }))).toBe(
      'ARCHIVED',
    );
    expect((await world.call(listProviders, { query: { externalId: 'P-1' } })).items).toEqual([archived]);
    expect((await world.call(listWorkTeams, { query: { providerId: provider.id } })).items).toEqual([
      renamed,
    ]);
    expect((await world.call(listWorkTeams, { query: { limit: 1 } })).nextCursor).not.toBe(null);
  });

  it('technicians with skills and shifts', async () => {
    const world = await newWorld(service);
    const shifts = [
      { weekday: 2, from: '13:00', to: '24:00' },
      { weekday: 1, from: '08:00', to: '12:15' },
    ];
    const made = await world.technician({ skills: ['heat', 'gas', 'gas'], shifts, externalId: 'E-1' });
    expect(made).toMatchObject({ skills: ['gas', 'heat'], shifts, home: LYON, email: null });
    expect((await eventsAbout(service, made.id))[0]).toMatchObject({
      type: 'technician.created',
      data: { skills: ['gas', 'heat'] },
    });
    expect(await codeOf(world.technician({ externalId: 'E-1' }))).toBe('CONFLICT');
    expect(await codeOf(world.technician({ workTeamId: randomUUID() }))).toBe('REFERENCE_MISSING');
    const params = { id: made.id };
    const changed = await world.call(changeTechnician, {
      params,
      body: { skills: ['water'], shifts: [], home: { latitude: 1, longitude: 2 } },
    });
    expect(changed).toMatchObject({
      skills: ['water'],
      shifts: [],
      home: { latitude: 1, longitude: 2 },
      version: 2,
      name: 'Ana',
    });
    const same = await world.call(changeTechnician, { params, body: { name: 'Anna' } });
    expect(await world.call(readTechnician, { params })).toEqual({ ...changed, name: 'Anna', version: 3 });
    const others = [await world.technician(), await world.technician()];
    expect(
      (await world.call(listTechnicians, { query: { workTeamId: world.team.id } })).items.map((it) => it.id),
    ).toEqual([...others.map((it) => it.id).reverse(), made.id]);
    expect((await world.call(listTechnicians, { query: { externalId: 'E-1' } })).items).toEqual([same]);
    await world.call(changeWorkTeam, { params: { id: world.team.id }, body: { archived: true } });
    expect(
      await codeOf(
        world.call(createTechnician, {
          body: { workTeamId: world.team.id, name: 'x', home: LYON, shifts: [] },
        }),
      ),
    ).toBe('ARCHIVED');
  });
});
