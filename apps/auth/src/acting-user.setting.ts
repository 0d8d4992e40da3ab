import type { RawTx, TransactionOptions } from '@orion/database';

/** As `actAs`, from the beginning of the transaction. */
export const actingAs = (userId: string): TransactionOptions => ({ settings: { 'orion.user_id': userId } });

/** Names the person whose own rows this transaction may see in every organization; ends with the transaction. */
export async function actAs(tx: RawTx, userId: string): Promise<void> {
  await tx.$queryRaw`SELECT set_config('orion.user_id', ${userId}, true)`;
}

/** From here on the transaction sees and writes rows of this organization, for what concerns a person in several. */
export async function actIn(tx: RawTx, organizationId: string): Promise<void> {
  await tx.$queryRaw`SELECT set_config('orion.organization_id', ${organizationId}, true)`;
}
