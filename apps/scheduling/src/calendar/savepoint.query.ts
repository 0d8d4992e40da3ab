import type { Tx } from '../shared/tx.types';

/** Runs work that may come to nothing: on null its locks and writes are given back, and only those. */
export async function attempt<T>(tx: Tx, work: () => Promise<T | null>): Promise<T | null> {
  await tx.$executeRaw`SAVEPOINT attempt`;
  const result = await work();
  if (result === null) await tx.$executeRaw`ROLLBACK TO SAVEPOINT attempt`;
  await tx.$executeRaw`RELEASE SAVEPOINT attempt`;
  return result;
}
