import { z } from 'zod';
import { endpoint } from '../core/endpoint';
import { page, PageQuery } from '../core/page';
import { Code, CountryCode, Id, IdParams, LocalDate, Name, Timestamp, Timezone } from '../core/primitives';

const Weekday = z.number().int().min(1).max(7).meta({ description: 'ISO 8601: 1 Monday … 7 Sunday' });

const OwnDay = z.strictObject({ date: LocalDate, name: Name, kind: z.enum(['HOLIDAY', 'WORKING']) });

const OWN_DAYS = 366;

const settings = {
  name: Name,
  country: CountryCode,
  /** Subdivision as ISO 3166-2 without the country, such as `MD` for ES-MD. */
  region: Code.nullable(),
  timezone: Timezone,
  workingDays: z.array(Weekday).min(1).max(7),
  /** Days that overrule the public holidays: closed although working, or open although a holiday. */
  ownDays: z.array(OwnDay).max(OWN_DAYS),
  travelSpeedKmh: z.number().positive().max(200),
  /** Road distance divided by straight-line distance. */
  detourFactor: z.number().min(1).max(5),
  holdLifeMinutes: z
    .number()
    .int()
    .min(1)
    .max(60 * 24 * 30),
  holdsPerCustomer: z.number().int().min(1).max(100),
};

export const BusinessUnit = z
  .object({
    id: Id,
    code: Code,
    ...settings,
    ownDays: z.array(z.object(OwnDay.shape)).max(OWN_DAYS),
    createdAt: Timestamp,
    version: z.number().int(),
  })
  .meta({ id: 'BusinessUnit' });

export const NewBusinessUnit = z.strictObject({
  code: Code,
  ...settings,
  region: settings.region.default(null),
  workingDays: settings.workingDays.default([1, 2, 3, 4, 5]),
  ownDays: settings.ownDays.default([]),
  travelSpeedKmh: settings.travelSpeedKmh.default(40),
  detourFactor: settings.detourFactor.default(1.3),
  holdLifeMinutes: settings.holdLifeMinutes.default(60 * 48),
  holdsPerCustomer: settings.holdsPerCustomer.default(3),
});

export const createBusinessUnit = endpoint({
  id: 'business-units.create',
  service: 'scheduling',
  method: 'POST',
  path: '/config/business-units',
  summary: 'Create a business unit: one country’s time zone, working days and holidays',
  access: 'settings.manage',
  idempotency: 'optional',
  status: 201,
  input: { body: NewBusinessUnit },
  reply: BusinessUnit,
  errors: ['CONFLICT', 'UNKNOWN_TIMEZONE'],
});

export const listBusinessUnits = endpoint({
  id: 'business-units.list',
  service: 'scheduling',
  method: 'GET',
  path: '/config/business-units',
  summary: 'Business units of the organization',
  access: 'settings.view',
  input: { query: PageQuery },
  reply: page(BusinessUnit),
});

export const readBusinessUnit = endpoint({
  id: 'business-units.read',
  service: 'scheduling',
  method: 'GET',
  path: '/config/business-units/:id',
  summary: 'One business unit',
  access: 'settings.view',
  input: { params: IdParams },
  reply: BusinessUnit,
  errors: ['NOT_FOUND'],
});

export const changeBusinessUnit = endpoint({
  id: 'business-units.change',
  service: 'scheduling',
  method: 'PATCH',
  path: '/config/business-units/:id',
  summary: 'Change settings of a business unit',
  access: 'settings.manage',
  input: { params: IdParams, body: z.strictObject(settings).partial() },
  reply: BusinessUnit,
  errors: ['NOT_FOUND', 'UNKNOWN_TIMEZONE'],
});

export const listHolidays = endpoint({
  id: 'business-units.holidays',
  service: 'scheduling',
  method: 'GET',
  path: '/config/business-units/:id/holidays',
  summary: 'Days of a year on which the business unit does not work for a named reason',
  access: 'settings.view',
  input: {
    params: IdParams,
    query: z.strictObject({ year: z.coerce.number().int().min(2000).max(2100) }),
  },
  reply: z.object({
    items: z.array(z.object({ date: LocalDate, name: z.string(), source: z.enum(['PUBLIC', 'OWN']) })),
  }),
  errors: ['NOT_FOUND'],
});
