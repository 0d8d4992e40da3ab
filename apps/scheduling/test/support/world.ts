import {
  createBusinessUnit,
  createCustomer,
  createProvider,
  createServiceOrder,
  createTechnician,
  createWorkTeam,
  type Reply,
  type Request,
} from '@orion/contracts';
import { testAdmin, type TestClaims, type TestService } from '@orion/testing';

export const LYON = { latitude: 45.764, longitude: 4.8357 };

/** A place some kilometres east (and north) of Lyon. */
export const near = (eastKm: number, northKm = 0) => ({
  latitude: LYON.latitude + northKm / 111.195,
  longitude: LYON.longitude + eastKm / (111.195 * Math.cos((LYON.latitude * Math.PI) / 180)),
});

export const address = (place = LYON) => ({
  street: '1 rue de la Paix',
  postalCode: '69001',
  city: 'Lyon',
  country: 'FR',
  place,
});

type Unit = Partial<Request<typeof createBusinessUnit>['body']>;
type Technician = Partial<Request<typeof createTechnician>['body']>;
type Order = Partial<Request<typeof createServiceOrder>['body']>;

export const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

/** An organization with one business unit, provider and team, and short ways to add to it. */
export async function newWorld(service: TestService, unit: Unit = {}, admin: TestClaims = testAdmin()) {
  const call = <E extends Parameters<TestService['call']>[0]>(endpoint: E, input: Request<E>, key?: string) =>
    service.call(endpoint, input, {
      as: admin,
      key: key ?? (endpoint.idempotency === 'required' ? crypto.randomUUID() : undefined),
    });
  const businessUnit = await call(createBusinessUnit, {
    body: { code: 'FR', name: 'France', country: 'FR', timezone: 'Europe/Paris', ...unit },
  });
  const provider = await call(createProvider, { body: { name: 'Lumière' } });
  const team = await call(createWorkTeam, {
    body: { name: 'Lyon', providerId: provider.id, businessUnitId: businessUnit.id },
  });
  const technician = (more: Technician = {}): Promise<Reply<typeof createTechnician>> =>
    call(createTechnician, {
      body: {
        workTeamId: team.id,
        name: 'Ana',
        home: LYON,
        shifts: EVERY_DAY.map((weekday) => ({ weekday, from: '08:00', to: '18:00' })),
        ...more,
      },
    });
  const customer = (more: object = {}): Promise<Reply<typeof createCustomer>> =>
    call(createCustomer, {
      body: { name: 'Casa Verde', email: 'casa@example.org', address: address(), ...more },
    });
  const order = async (more: Order = {}): Promise<Reply<typeof createServiceOrder>> =>
    call(createServiceOrder, {
      body: {
        customerId: more.customerId ?? (await customer()).id,
        businessUnitId: businessUnit.id,
        kind: 'REPAIR',
        title: 'Boiler leaks',
        durationMinutes: 60,
        earliestStart: `${MONDAY}T07:00:00Z`,
        latestStart: `${MONDAY}T16:00:00Z`,
        ...more,
      },
    });
  return { admin, call, businessUnit, provider, team, technician, customer, order };
}

export type World = Awaited<ReturnType<typeof newWorld>>;

/** A Monday far enough ahead, no holiday in France, winter time. */
export const MONDAY = '2030-01-14';
