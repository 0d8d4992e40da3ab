import type { Endpoint } from '@orion/contracts';
import { type FieldProblem, zodFields } from '@orion/problem';

/** A reply that is not what its contract promises. */
export class ReplyMismatch extends Error {
  override readonly name = 'ReplyMismatch';

  constructor(
    readonly endpoint: string,
    readonly errors: readonly FieldProblem[],
  ) {
    super(
      `${endpoint} does not answer as its contract says: ${errors.map((it) => `${it.field} ${it.reason}`).join('; ')}`,
    );
  }
}

/** The reply as the contract shapes it, without fields the contract does not name; or what is wrong with it. */
export function checkReply(contract: Endpoint, reply: unknown): { value: unknown; mismatch?: ReplyMismatch } {
  const result = contract.reply.safeParse(reply);
  if (result.success) return { value: result.data };
  return { value: reply, mismatch: new ReplyMismatch(contract.id, zodFields(result.error, ['reply'])) };
}
