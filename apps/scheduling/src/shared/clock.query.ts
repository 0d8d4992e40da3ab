import type { Tx } from './tx.types';

/** The database's clock, which all processes share. */
export async function databaseNow(tx: Tx): Promise<Date> {
  const [row] = await tx.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  if (!row) throw new Error('the database has no clock');
  return row.now;
}
