import type { RawTx } from '@orion/database';

/** Names the person whose own rows this transaction may see in every organization; ends with the transaction. */
export async function actAs(tx: RawTx, userId: string): Promise<void> {
  await tx.$queryRaw`SELECT set_config('orion.user_id', ${userId}, true)`;
}

/** Names the one address this transaction may look a person up by; ends with the transaction. */
export async function lookFor(tx: RawTx, email: string): Promise<void> {
  await tx.$queryRaw`SELECT set_config('orion.person_email', ${email}, true)`;
}

/** Runs `work` in another organization than the transaction's own, and returns to it. */
export async function insideOrganization<T>(
  tx: RawTx,
  organizationId: string,
  work: () => Promise<T>,
): Promise<T> {
  const [before] = await tx.$queryRaw<{ organization: string | null }[]>`
    SELECT current_setting('orion.organization_id', true) AS organization`;
  await enter(tx, organizationId);
  const result = await work();
  await enter(tx, before?.organization ?? '');
  return result;
}

async function enter(tx: RawTx, organizationId: string): Promise<void> {
  await tx.$queryRaw`SELECT set_config('orion.organization_id', ${organizationId}, true)`;
}
