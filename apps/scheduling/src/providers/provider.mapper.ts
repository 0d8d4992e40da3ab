import type {
  Provider as ProviderReply,
  Technician as TechnicianReply,
  WorkTeam as WorkTeamReply,
} from '@orion/contracts';
import type { z } from 'zod';
import type { Prisma, Provider, WorkTeam } from '../generated/prisma/client';
import { placeOf } from '../shared/address';
import { shiftText } from './shift-time';

export const withSkillsAndShifts = {
  skills: { select: { skill: true }, orderBy: { skill: 'asc' } },
  shifts: { orderBy: { position: 'asc' } },
} as const satisfies Prisma.TechnicianInclude;

export type TechnicianRow = Prisma.TechnicianGetPayload<{ include: typeof withSkillsAndShifts }>;

const stamps = (row: { archived: boolean; createdAt: Date; version: number }) => ({
  archived: row.archived,
  createdAt: row.createdAt.toISOString(),
  version: row.version,
});

export const providerReply = (row: Provider): z.input<typeof ProviderReply> => ({
  id: row.id,
  name: row.name,
  externalId: row.externalId,
  ...stamps(row),
});

export const workTeamReply = (row: WorkTeam): z.input<typeof WorkTeamReply> => ({
  id: row.id,
  providerId: row.providerId,
  businessUnitId: row.businessUnitId,
  name: row.name,
  externalId: row.externalId,
  ...stamps(row),
});

export const technicianReply = (row: TechnicianRow): z.input<typeof TechnicianReply> => ({
  id: row.id,
  workTeamId: row.workTeamId,
  name: row.name,
  email: row.email,
  home: placeOf(row),
  skills: row.skills.map(({ skill }) => skill),
  shifts: row.shifts.map((it) => shiftText({ weekday: it.weekday, from: it.fromMinute, to: it.toMinute })),
  externalId: row.externalId,
  ...stamps(row),
});
