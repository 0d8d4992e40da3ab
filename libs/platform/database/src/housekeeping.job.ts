import { Database } from './database';
import type { RawTx } from './database.types';
import { periodic } from './periodic-job';

const HOUR = 3_600_000;
const BATCH = 5_000;

/** Keys are kept for two days: clients may repeat a request for 24 hours and more. */
const EXPIRED = `
  DELETE FROM platform.idempotency WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM platform.idempotency WHERE created_at < clock_timestamp() - interval '48 hours' LIMIT ${BATCH}))`;

/** Forgets idempotency keys that nobody can repeat any more. */
export const housekeeping = periodic({
  name: 'idempotency-housekeeping',
  everyMs: HOUR,
  leased: true,
  inject: [Database],
  run: async (_signal, database) =>
    (await database.worker((tx) => (tx as unknown as RawTx).$executeRawUnsafe(EXPIRED))) === BATCH,
});
