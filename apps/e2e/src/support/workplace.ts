import {
  createBusinessUnit,
  createCustomer,
  createProvider,
  createServiceOrder,
  createTechnician,
  createWorkTeam,
  type Reply,
} from '@orion/contracts';
import type { Account } from './account';

const DAY_MS = 86_400_000;
const LYON = { latitude: 45.76, longitude: 4.84 };

/** Ids of everything an organization needs to work. */
export interface Workplace {
  businessUnitId: string;
  providerId: string;
  workTeamId: string;
  technicianId: string;
  technicianEmail: string;
  customerId: string;
  customerEmail: string;
  order: Reply<typeof createServiceOrder>;
}

/** Midnight in UTC, some days from now, so that windows lie in the future whatever the time is. */
const daysFromNow = (days: number): Date => new Date((Math.floor(Date.now() / DAY_MS) + days) * DAY_MS);

export const orderBody = (customerId: string, businessUnitId: string) => ({
  customerId,
  businessUnitId,
  kind: 'REPAIR' as const,
  title: 'Boiler without pressure',
  skills: ['heating'],
  durationMinutes: 60,
  earliestStart: daysFromNow(2).toISOString(),
  latestStart: daysFromNow(9).toISOString(),
});

/** A business unit that works every day, one technician and one order, made through the API. */
export async function newWorkplace({ client, email }: Account): Promise<Workplace> {
  const [local = ''] = email.split('@');
  const technicianEmail = `technician.${local}@e2e.example`;
  const customerEmail = `customer.${local}@e2e.example`;
  const businessUnit = await client.call(createBusinessUnit, {
    body: {
      code: 'FR-LYON',
      name: 'Lyon',
      country: 'FR',
      timezone: 'Europe/Paris',
      workingDays: [1, 2, 3, 4, 5, 6, 7],
    },
  });
  const provider = await client.call(createProvider, { body: { name: 'Rhône Services' } });
  const workTeam = await client.call(createWorkTeam, {
    body: { providerId: provider.id, businessUnitId: businessUnit.id, name: 'Heating' },
  });
  const technician = await client.call(createTechnician, {
    body: {
      workTeamId: workTeam.id,
      name: 'Ana Ruiz',
      email: technicianEmail,
      home: LYON,
      skills: ['heating'],
      shifts: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '08:00', to: '18:00' })),
    },
  });
  const customer = await client.call(createCustomer, {
    body: {
      name: 'Maison Durand',
      email: customerEmail,
      address: {
        street: 'Rue de la République 1',
        postalCode: '69002',
        city: 'Lyon',
        country: 'FR',
        place: LYON,
      },
    },
  });
  const order = await client.call(createServiceOrder, { body: orderBody(customer.id, businessUnit.id) });
  return {
    businessUnitId: businessUnit.id,
    providerId: provider.id,
    workTeamId: workTeam.id,
    technicianId: technician.id,
    technicianEmail,
    customerId: customer.id,
    customerEmail,
    order,
  };
}
