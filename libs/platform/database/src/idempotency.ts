import { BusinessRuleException } from '@orion/problem';
import { createHash } from 'node:crypto';
import type { IdempotentCall, RawTx } from './database.types';

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

/**
 * Takes the key for this transaction. The lock ends with the transaction, so a crash leaves nothing behind.
 * @throws BusinessRuleException REQUEST_IN_PROGRESS where another transaction has it
 */
async function lockKey(tx: RawTx, { principal, idempotencyKey }: KeyedCall): Promise<void> {
  const name = `idempotency:${principal.organizationId}:${principal.userId}:${idempotencyKey}`;
  const [row] = await tx.$queryRawUnsafe<{ locked: boolean }[]>(
    'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS locked',
    name,
  );
  if (!row?.locked) throw new BusinessRuleException('REQUEST_IN_PROGRESS');
}

async function stored(tx: RawTx, { principal, idempotencyKey }: KeyedCall): Promise<Stored | undefined> {
  const [row] = await tx.$queryRawUnsafe<Stored[]>(
    `SELECT endpoint, body_hash, reply FROM platform.idempotency
      WHERE organization_id = $1::uuid AND user_id = $2 AND key = $3`,
    principal.organizationId,
    principal.userId,
    idempotencyKey,
  );
  return row;
}

async function store(tx: RawTx, call: KeyedCall, hash: string, reply: string | null): Promise<void> {
  await tx.$executeRawUnsafe(
    `INSERT INTO platform.idempotency (organization_id, user_id, key, endpoint, body_hash, reply)
     VALUES ($1::uuid, $2, $3, $4, $5, $6)`,
    call.principal.organizationId,
    call.principal.userId,
    call.idempotencyKey,
    call.contract.id,
    hash,
    reply,
  );
}

/**
 * Runs `work` once for each key of a user. A repeat gets the stored reply, which goes through the same JSON
 * text the first time, so both answers are equal to the byte.
 * @throws BusinessRuleException IDEMPOTENCY_KEY_REUSED where the key belongs to another request
 */
export async function once<T>(tx: RawTx, call: KeyedCall, work: () => Promise<T>): Promise<T> {
  await lockKey(tx, call);
  const hash = bodyHash(call);
  const before = await stored(tx, call);
  if (before) {
    if (before.endpoint !== call.contract.id || before.body_hash !== hash) {
      throw new BusinessRuleException('IDEMPOTENCY_KEY_REUSED');
    }
    return parse(before.reply) as T;
  }
  const reply = JSON.stringify(await work()) ?? null;
  await store(tx, call, hash, reply);
  return parse(reply) as T;
}

export const isKeyed = (call: IdempotentCall): call is KeyedCall =>
  call.idempotencyKey !== undefined && call.principal !== null;
