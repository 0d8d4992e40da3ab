import type { RawTx } from '@orion/database';

/** Names the person whose own memberships this transaction may see in every organization; ends with the transaction. */
export async function actAs(tx: RawTx, userId: string): Promise<void> {
  await tx.$queryRaw`SELECT set_config('orion.user_id', ${userId}, true)`;
}
