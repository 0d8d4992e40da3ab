import type { BusinessUnit as BusinessUnitReply } from '@orion/contracts';
import type { z } from 'zod';
import type { OwnDay } from '../calendar/working-day';
import type { BusinessUnit } from '../generated/prisma/client';
import { found } from '../shared/found';
import type { Tx } from '../shared/tx.types';

/** A business unit with its own days read. */
export type BusinessUnitRecord = Omit<BusinessUnit, 'ownDays'> & { ownDays: OwnDay[] };

export const unitRecord = (row: BusinessUnit): BusinessUnitRecord => ({
  ...row,
  ownDays: row.ownDays as unknown as OwnDay[],
});

/** @throws BusinessRuleException NOT_FOUND */
export async function readUnit(tx: Tx, organizationId: string, id: string): Promise<BusinessUnitRecord> {
  return unitRecord(
    found(await tx.businessUnit.findUnique({ where: { organizationId_id: { organizationId, id } } })),
  );
}

export const unitReply = (row: BusinessUnitRecord): z.input<typeof BusinessUnitReply> => ({
  id: row.id,
  code: row.code,
  name: row.name,
  country: row.country,
  region: row.region,
  timezone: row.timezone,
  workingDays: row.workingDays,
  ownDays: row.ownDays,
  travelSpeedKmh: row.travelSpeedKmh,
  detourFactor: row.detourFactor,
  holdLifeMinutes: row.holdLifeMinutes,
  holdsPerCustomer: row.holdsPerCustomer,
  createdAt: row.createdAt.toISOString(),
  version: row.version,
});
