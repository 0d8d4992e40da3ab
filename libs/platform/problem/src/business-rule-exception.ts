import { ERRORS, type ErrorCode } from '@orion/contracts';

/**
 * A rule of the business says no. The code decides status and title of the problem document; `detail` says what
 * happened this time, `extensions` become further members (`retryAfterSeconds` also the `Retry-After` header).
 */
export class BusinessRuleException extends Error {
  override readonly name = 'BusinessRuleException';

  constructor(
    readonly code: ErrorCode,
    readonly detail?: string,
    readonly extensions: object = {},
  ) {
    super(detail ?? ERRORS[code].title);
  }
}
