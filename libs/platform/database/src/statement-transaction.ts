import type { Pool } from 'pg';
import type { Session } from './session';

/** A transaction Prisma knows nothing of: `Database.statement` and `Database.atCommit` write in it. */
export class StatementTx {
  declare private readonly brand: never;
}

/** Runs `work` in a transaction of the session, on a connection of the pool. */
export async function inStatements<T>(
  pool: Pool,
  session: Session,
  work: (tx: StatementTx) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // Nobody else hears of a connection that is lost between two statements; the next statement fails of it.
  const lost = (error: Error) => (broken = error);
  client.on('error', lost);
  try {
    await session.around(() => client.query('BEGIN'));
    const result = await work(new StatementTx());
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(lost);
    throw error;
  } finally {
    client.off('error', lost);
    client.release(broken);
  }
}
