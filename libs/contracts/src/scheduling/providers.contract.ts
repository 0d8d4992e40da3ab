import { z } from 'zod';
import { endpoint } from '../core/endpoint';
import { page, pageQuery } from '../core/page';
import { Code, Email, Id, IdParams, LocalTime, Name, Place, PlaceReply, Timestamp } from '../core/primitives';

const stamps = { archived: z.boolean(), createdAt: Timestamp, version: z.number().int() };

const provider = { name: Name, externalId: Code.nullable() };
export const Provider = z.object({ id: Id, ...provider, ...stamps }).meta({ id: 'Provider' });

const workTeam = { name: Name, externalId: Code.nullable() };
export const WorkTeam = z
  .object({ id: Id, providerId: Id, businessUnitId: Id, ...workTeam, ...stamps })
  .meta({ id: 'WorkTeam' });

/** Working hours of one weekday (1 Monday … 7 Sunday) in the business unit's time zone. */
export const Shift = z.strictObject({
  weekday: z.number().int().min(1).max(7),
  from: LocalTime,
  to: LocalTime,
});

const shiftsOf = <S extends z.ZodType<{ from: string; to: string }>>(shift: S) =>
  z
    .array(shift)
    .max(21)
    .refine((shifts) => shifts.every((it) => it.from < it.to), 'a shift must end after it starts');

const technician = {
  name: Name,
  email: Email.nullable(),
  home: Place,
  skills: z.array(Code).max(100),
  shifts: shiftsOf(Shift),
  externalId: Code.nullable(),
};
export const Technician = z
  .object({
    id: Id,
    workTeamId: Id,
    ...technician,
    home: PlaceReply,
    shifts: shiftsOf(z.object(Shift.shape)),
    ...stamps,
  })
  .meta({ id: 'Technician' });

const listQuery = { ...pageQuery, externalId: Code.optional() };

export const createProvider = endpoint({
  id: 'providers.create',
  service: 'scheduling',
  method: 'POST',
  path: '/providers',
  summary: 'Create a provider: a company or branch that supplies technicians',
  access: 'provider.manage',
  idempotency: 'optional',
  status: 201,
  input: { body: z.strictObject({ ...provider, externalId: provider.externalId.default(null) }) },
  reply: Provider,
  errors: ['CONFLICT'],
});

export const listProviders = endpoint({
  id: 'providers.list',
  service: 'scheduling',
  method: 'GET',
  path: '/providers',
  summary: 'Providers, newest first',
  access: 'provider.view',
  input: { query: z.strictObject(listQuery) },
  reply: page(Provider),
});

export const readProvider = endpoint({
  id: 'providers.read',
  service: 'scheduling',
  method: 'GET',
  path: '/providers/:id',
  summary: 'One provider',
  access: 'provider.view',
  input: { params: IdParams },
  reply: Provider,
  errors: ['NOT_FOUND'],
});

export const changeProvider = endpoint({
  id: 'providers.change',
  service: 'scheduling',
  method: 'PATCH',
  path: '/providers/:id',
  summary: 'Change or archive a provider',
  access: 'provider.manage',
  input: { params: IdParams, body: z.strictObject({ ...provider, archived: z.boolean() }).partial() },
  reply: Provider,
  errors: ['NOT_FOUND', 'CONFLICT'],
});

export const createWorkTeam = endpoint({
  id: 'work-teams.create',
  service: 'scheduling',
  method: 'POST',
  path: '/work-teams',
  summary: 'Create a work team of a provider in a business unit',
  access: 'provider.manage',
  idempotency: 'optional',
  status: 201,
  input: {
    body: z.strictObject({
      providerId: Id,
      businessUnitId: Id,
      ...workTeam,
      externalId: workTeam.externalId.default(null),
    }),
  },
  reply: WorkTeam,
  errors: ['CONFLICT', 'REFERENCE_MISSING', 'ARCHIVED'],
});

export const listWorkTeams = endpoint({
  id: 'work-teams.list',
  service: 'scheduling',
  method: 'GET',
  path: '/work-teams',
  summary: 'Work teams, newest first',
  access: 'provider.view',
  input: { query: z.strictObject({ ...listQuery, providerId: Id.optional() }) },
  reply: page(WorkTeam),
});

export const readWorkTeam = endpoint({
  id: 'work-teams.read',
  service: 'scheduling',
  method: 'GET',
  path: '/work-teams/:id',
  summary: 'One work team',
  access: 'provider.view',
  input: { params: IdParams },
  reply: WorkTeam,
  errors: ['NOT_FOUND'],
});

export const changeWorkTeam = endpoint({
  id: 'work-teams.change',
  service: 'scheduling',
  method: 'PATCH',
  path: '/work-teams/:id',
  summary: 'Change or archive a work team',
  access: 'provider.manage',
  input: { params: IdParams, body: z.strictObject({ ...workTeam, archived: z.boolean() }).partial() },
  reply: WorkTeam,
  errors: ['NOT_FOUND', 'CONFLICT'],
});

export const createTechnician = endpoint({
  id: 'technicians.create',
  service: 'scheduling',
  method: 'POST',
  path: '/technicians',
  summary: 'Create a technician with home, skills and weekly shifts',
  access: 'provider.manage',
  idempotency: 'optional',
  status: 201,
  input: {
    body: z.strictObject({
      workTeamId: Id,
      ...technician,
      email: technician.email.default(null),
      skills: technician.skills.default([]),
      externalId: technician.externalId.default(null),
    }),
  },
  reply: Technician,
  errors: ['CONFLICT', 'REFERENCE_MISSING', 'ARCHIVED'],
});

export const listTechnicians = endpoint({
  id: 'technicians.list',
  service: 'scheduling',
  method: 'GET',
  path: '/technicians',
  summary: 'Technicians, newest first',
  access: 'provider.view',
  input: { query: z.strictObject({ ...listQuery, workTeamId: Id.optional() }) },
  reply: page(Technician),
});

export const readTechnician = endpoint({
  id: 'technicians.read',
  service: 'scheduling',
  method: 'GET',
  path: '/technicians/:id',
  summary: 'One technician',
  access: 'provider.view',
  input: { params: IdParams },
  reply: Technician,
  errors: ['NOT_FOUND'],
});

export const changeTechnician = endpoint({
  id: 'technicians.change',
  service: 'scheduling',
  method: 'PATCH',
  path: '/technicians/:id',
  summary: 'Change or archive a technician',
  access: 'provider.manage',
  input: { params: IdParams, body: z.strictObject({ ...technician, archived: z.boolean() }).partial() },
  reply: Technician,
  errors: ['NOT_FOUND', 'CONFLICT'],
});
