import type { Idempotency } from '@orion/contracts';
import { BusinessRuleException, FieldProblems } from '@orion/problem';

const SANE = /^[\x21-\x7e]{1,200}$/;

/**
 * The `Idempotency-Key` of a call, where its contract knows one.
 * @throws BusinessRuleException IDEMPOTENCY_KEY_MISSING
 * @throws FieldProblems where it is not 1 to 200 visible ASCII characters
 */
export function idempotencyKey(rule: Idempotency, header: string | string[] | undefined): string | undefined {
  if (rule === 'none') return undefined;
  if (header === undefined || header === '') {
    if (rule === 'required') throw new BusinessRuleException('IDEMPOTENCY_KEY_MISSING');
    return undefined;
  }
  if (typeof header !== 'string' || !SANE.test(header)) {
    throw new FieldProblems([
      { field: 'Idempotency-Key', reason: 'must be 1 to 200 visible ASCII characters' },
    ]);
  }
  return header;
}
