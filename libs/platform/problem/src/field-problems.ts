import type { ErrorCode } from '@orion/contracts';

export interface FieldProblem {
  /** Path in the request, such as `body.lines.0.quantity`. */
  field: string;
  reason: string;
}

/** Fields of a request that were refused, each with its reason. */
export class FieldProblems extends Error {
  override readonly name = 'FieldProblems';

  constructor(
    readonly errors: readonly FieldProblem[],
    readonly code: ErrorCode = 'VALIDATION_FAILED',
  ) {
    super(errors.map(({ field, reason }) => `${field}: ${reason}`).join('; '));
  }
}
