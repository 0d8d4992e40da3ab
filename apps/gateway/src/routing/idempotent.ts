const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
const IDEMPOTENT = new Set([...SAFE, 'PUT', 'DELETE']);

/** Whether a call may be sent a second time after its first attempt got lost: it has one effect either way. */
export const isIdempotent = (
  method: string,
  call: { idempotency: string },
  idempotencyKey: unknown,
): boolean =>
  IDEMPOTENT.has(method) ||
  (call.idempotency !== 'none' && typeof idempotencyKey === 'string' && idempotencyKey !== '');
