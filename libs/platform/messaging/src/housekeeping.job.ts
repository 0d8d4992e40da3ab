import { Database, periodic, type RawTx } from '@orion/database';

const HOUR = 3_600_000;
const BATCH = 5_000;

const forget = (table: string, old: string): string =>
  `DELETE FROM platform.${table} WHERE ctid = ANY (ARRAY(SELECT ctid FROM platform.${table} WHERE ${old} LIMIT ${BATCH}))`;

const SENT = forget('outbox', `published_at < clock_timestamp() - interval '7 days'`);
const SEEN = forget('inbox', `received_at < clock_timestamp() - interval '30 days'`);

/** Sent rows are kept a week for replay, the memory of received ones 30 days. */
export const housekeeping = periodic({
  name: 'messaging-housekeeping',
  everyMs: HOUR,
  leased: true,
  inject: [Database],
  run: async (_signal, database) => {
    const raw = database.workerClient as unknown as RawTx;
    const forgotten = [await raw.$executeRawUnsafe(SENT), await raw.$executeRawUnsafe(SEEN)];
    return forgotten.includes(BATCH);
  },
});
