import { found } from './found';
import type { Tx } from './tx.types';

type Lockable =
  'business_unit' | 'customer' | 'provider' | 'work_team' | 'technician' | 'service_order' | 'booking';

/**
 * Locks one row until the transaction ends; rows that refer to it can still be written meanwhile.
 * @throws BusinessRuleException NOT_FOUND
 */
export async function lockRow(tx: Tx, table: Lockable, organizationId: string, id: string): Promise<void> {
  const rows = await tx.$queryRawUnsafe<{ id: string }[]>(
    `SELECT id FROM "${table}" WHERE organization_id = $1::uuid AND id = $2::uuid FOR NO KEY UPDATE`,
    organizationId,
    id,
  );
  found(rows[0]);
}
