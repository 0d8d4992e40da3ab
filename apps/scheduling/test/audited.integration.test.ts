import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  cancelServiceOrder,
  changeBusinessUnit,
  changeCustomer,
  changeProvider,
  changeServiceOrder,
  changeTechnician,
  changeWorkTeam,
} from '@orion/contracts';
import { publishedBy, type TestService } from '@orion/testing';
import { startService } from './support/service';
import { newWorld, type World } from './support/world';

let service: TestService;
let world: World;
beforeAll(async () => {
  service = await startService();
  world = await newWorld(service);
});
afterAll(() => service.close());

/** What the audit log is told about a subject. */
const told = async (subject: string) =>
  (await publishedBy(service, subject)).map(({ type, data, actorid, clientaddress, change = 'null' }) => {
    expect([actorid, clientaddress]).toEqual([world.admin.userId, '127.0.0.1']);
    const { kind, action } = data as { kind?: string; action?: string };
    return { what: kind ? `${kind}.${action}` : type, change: JSON.parse(change) as object };
  });

describe('the audit log is told', () => {
  it('of providers and work teams, new ones and changed ones', async () => {
    const { provider, team, call } = world;
    await call(changeProvider, { params: { id: provider.id }, body: { name: 'Lumen' } });
    await call(changeProvider, { params: { id: provider.id }, body: { name: 'Lumen' } });
    expect(await told(provider.id)).toEqual([
      {
        what: 'provider.created',
        change: {
          before: null,
          after: { id: provider.id, name: 'Lumière', externalId: null, archived: false },
        },
      },
      { what: 'provider.changed', change: { before: { name: 'Lumière' }, after: { name: 'Lumen' } } },
    ]);
    await call(changeWorkTeam, { params: { id: team.id }, body: { archived: true } });
    expect(await told(team.id)).toMatchObject([
      {
        what: 'work-team.created',
        change: { before: null, after: { name: 'Lyon', providerId: provider.id } },
      },
      { what: 'work-team.changed', change: { before: { archived: false }, after: { archived: true } } },
    ]);
    await call(changeWorkTeam, { params: { id: team.id }, body: { archived: false } });
  });

  it('of technicians, their skills and shifts', async () => {
    const { id } = await world.technician({ skills: ['gas'] });
    const shifts = [{ weekday: 1, from: '09:00', to: '12:00' }];
    await world.call(changeTechnician, { params: { id }, body: { skills: ['gas', 'water'], shifts } });
    const [created, changed] = await told(id);
    expect(created?.change).toMatchObject({ before: null, after: { name: 'Ana', skills: ['gas'] } });
    expect(changed).toMatchObject({
      what: 'technician.changed',
      change: { before: { skills: ['gas'] }, after: { skills: ['gas', 'water'], shifts } },
    });
  });

  it('of customers and settings', async () => {
    const customer = await world.customer();
    await world.call(changeCustomer, { params: { id: customer.id }, body: { phone: '+33 1' } });
    expect((await told(customer.id)).at(-1)).toEqual({
      what: 'customer.changed',
      change: { before: { phone: customer.phone }, after: { phone: '+33 1' } },
    });
    const { id } = world.businessUnit;
    await world.call(changeBusinessUnit, { params: { id }, body: { holdsPerCustomer: 5 } });
    const [created, changed] = await told(id);
    expect(created).toMatchObject({
      what: 'business-unit.created',
      change: { before: null, after: { code: 'FR' } },
    });
    expect(changed).toEqual({
      what: 'business-unit.changed',
      change: { before: { holdsPerCustomer: 3 }, after: { holdsPerCustomer: 5 } },
    });
  });

  it('of orders: what of them was changed, but for free attributes, and their states', async () => {
    const { id } = await world.order({ attributes: { door: 'A' } });
    const body = { title: 'Boiler out', attributes: { door: 'B', password: 'swordfish' } };
    await world.call(changeServiceOrder, { params: { id }, body });
    await world.call(cancelServiceOrder, { params: { id }, body: { reason: 'x' } });
    const [, changed, moved] = await told(id);
    expect(changed).toEqual({
      what: 'service-order.changed',
      change: { before: { title: 'Boiler leaks' }, after: { title: 'Boiler out' } },
    });
    expect(moved?.change).toEqual({ before: { state: 'CREATED' }, after: { state: 'CANCELLED' } });
  });
});
