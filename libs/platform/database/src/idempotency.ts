import { BusinessRuleException } from '@orion/problem';
import { createHash } from 'node:crypto';
import type { QueryResultRow } from 'pg';
import type { Database } from './database';
import type { IdempotentCall } from './database.types';

interface Stored {
  endpoint: string;
  body_hash: string;
  reply: string | null;
}

interface KeyedCall extends IdempotentCall {
  idempotencyKey: string;
  principal: { userId: string; organizationId: string };
}

/** JSON with the keys of every object in order, so that equal requests give equal text. */
export function stableJson(value: unknown): string {
  return (
    JSON.stringify(value, (_, it: unknown) =>
      typeof it === 'object' && it !== null && !Array.isArray(it)
        ? Object.fromEntries(Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1)))
        : it,
    ) ?? ''
  );
}

const bodyHash = ({ params, query, body }: IdempotentCall): string =>
  createHash('sha256')
    .update(stableJson([params, query, body]))
    .digest('base64url');

const parse = (reply: string | null): unknown => (reply === null ? undefined : JSON.parse(reply));

/** Ends with the transaction, so a crash leaves nothing behind. */
const LOCK = {
  name: 'idempotency_lock',
  text: 'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS locked',
};

const STORED = {
  name: 'idempotency_stored',
  text: `SELECT endpoint, body_hash, reply FROM platform.idempotency
          WHERE organization_id = $1::uuid AND user_id = $2 AND key = $3`,
};

const STORE = {
  name: 'idempotency_store',
  text: `INSERT INTO platform.idempotency (organization_id, user_id, key, endpoint, body_hash, reply)
         VALUES ($1::uuid, $2, $3, $4, $5, $6)`,
};

/** The part of the database this stands on. */
export type Statements = Pick<Database, 'statement' | 'atCommit'>;

/**
 * Runs `work` once for each key of a user. A repeat gets the stored reply, which goes through the same JSON
 * text the first time, so both answers are equal to the byte.
 * @throws BusinessRuleException REQUEST_IN_PROGRESS where another transaction has the key
 * @throws BusinessRuleException IDEMPOTENCY_KEY_REUSED where the key belongs to another request
 */
export async function once<T>(
  database: Statements,
  tx: object,
  call: KeyedCall,
  work: () => Promise<T>,
): Promise<T> {
  const { organizationId, userId } = call.principal;
  const key = [organizationId, userId, call.idempotencyKey];
  // Both on their way at once; the server answers them one after the other.
  const [lock, stored] = await Promise.all([
    database.statement<{ locked: boolean }>(tx, LOCK, [`idempotency:${key.join(':')}`]),
    database.statement<Stored & QueryResultRow>(tx, STORED, key),
  ]);
  if (!lock.rows[0]?.locked) throw new BusinessRuleException('REQUEST_IN_PROGRESS');
  const hash = bodyHash(call);
  const before = stored.rows[0];
  if (before) {
    if (before.endpoint !== call.contract.id || before.body_hash !== hash) {
      throw new BusinessRuleException('IDEMPOTENCY_KEY_REUSED');
    }
    return parse(before.reply) as T;
  }
  const reply = JSON.stringify(await work()) ?? null;
  database.atCommit(tx, STORE, [...key, call.contract.id, hash, reply], STORE.name);
  return parse(reply) as T;
}

export const isKeyed = (call: IdempotentCall): call is KeyedCall =>
  call.idempotencyKey !== undefined && call.principal !== null;
