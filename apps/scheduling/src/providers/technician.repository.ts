import type { changeTechnician, createTechnician, In } from '@orion/contracts';
import { v7 } from 'uuid';
import { found } from '../shared/found';
import { lockRow } from '../shared/lock.query';
import type { Tx } from '../shared/tx.types';
import { type TechnicianRow, withSkillsAndShifts } from './provider.mapper';
import { readShift, type ShiftText } from './shift-time';

const skillRows = (skills: readonly string[]) => [...new Set(skills)].map((skill) => ({ skill }));

const shiftRows = (shifts: readonly ShiftText[]) =>
  shifts
    .map(readShift)
    .map(({ weekday, from, to }, position) => ({ position, weekday, fromMinute: from, toMinute: to }));

export function insertTechnician(
  tx: Tx,
  organizationId: string,
  { home, skills, shifts, ...rest }: In<typeof createTechnician>['body'],
): Promise<TechnicianRow> {
  return tx.technician.create({
    data: {
      ...rest,
      ...home,
      id: v7(),
      organizationId,
      skills: { createMany: { data: skillRows(skills) } },
      shifts: { createMany: { data: shiftRows(shifts) } },
    },
    include: withSkillsAndShifts,
  });
}

/** @throws BusinessRuleException NOT_FOUND */
export async function readTechnicianRow(tx: Tx, organizationId: string, id: string): Promise<TechnicianRow> {
  return found(
    await tx.technician.findUnique({
      where: { organizationId_id: { organizationId, id } },
      include: withSkillsAndShifts,
    }),
  );
}

/** @throws BusinessRuleException NOT_FOUND */
export async function updateTechnician(
  tx: Tx,
  organizationId: string,
  id: string,
  { home, skills, shifts, ...rest }: In<typeof changeTechnician>['body'],
): Promise<{ before: TechnicianRow; row: TechnicianRow }> {
  await lockRow(tx, 'technician', organizationId, id);
  const before = await readTechnicianRow(tx, organizationId, id);
  const row = await tx.technician.update({
    where: { organizationId_id: { organizationId, id } },
    data: {
      ...rest,
      ...home,
      version: { increment: 1 },
      ...(skills && { skills: { deleteMany: {}, createMany: { data: skillRows(skills) } } }),
      ...(shifts && { shifts: { deleteMany: {}, createMany: { data: shiftRows(shifts) } } }),
    },
    include: withSkillsAndShifts,
  });
  return { before, row };
}
