/** Error codes every service can answer with; status and title as they appear in problem documents. */
export const CORE_ERRORS = {
  VALIDATION_FAILED: { status: 400, title: 'The request is not valid' },
  MALFORMED_REQUEST: { status: 400, title: 'The request cannot be read' },
  UNAUTHENTICATED: { status: 401, title: 'Sign-in is required' },
  CROSS_SITE_REFUSED: { status: 403, title: 'Cookies count only for pages of this site' },
  FORBIDDEN: { status: 403, title: 'Your roles do not grant this' },
  NOT_FOUND: { status: 404, title: 'Nothing is found here' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'This method is not offered here' },
  CONFLICT: { status: 409, title: 'The request conflicts with the present state' },
  CONCURRENT_UPDATE: { status: 409, title: 'Somebody else changed this at the same time' },
  LOCK_TIMEOUT: { status: 409, title: 'Somebody else is changing this right now' },
  REFERENCE_MISSING: { status: 409, title: 'Something this refers to does not exist' },
  REQUEST_IN_PROGRESS: { status: 409, title: 'The same request is still running' },
  PAYLOAD_TOO_LARGE: { status: 413, title: 'The request is too large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'Send application/json' },
  IDEMPOTENCY_KEY_MISSING: { status: 400, title: 'This call needs an Idempotency-Key header' },
  IDEMPOTENCY_KEY_REUSED: { status: 422, title: 'This Idempotency-Key was used for another request' },
  TOO_MANY_REQUESTS: { status: 429, title: 'Too many requests' },
  INTERNAL: { status: 500, title: 'Something went wrong on our side' },
  UPSTREAM_UNAVAILABLE: { status: 503, title: 'A part of the platform does not answer' },
  DEADLINE_EXCEEDED: { status: 504, title: 'The answer took too long' },
} as const;

export const AUTH_ERRORS = {
  EMAIL_TAKEN: { status: 409, title: 'An account with this e-mail exists' },
  BAD_CREDENTIALS: { status: 401, title: 'E-mail or password is wrong' },
  REFRESH_REJECTED: { status: 401, title: 'The session has ended, sign in again' },
  NO_MEMBERSHIP: { status: 403, title: 'You are not a member of that organization' },
  LINK_INVALID: { status: 400, title: 'This link was used before or has run out' },
  WRONG_PASSWORD: { status: 403, title: 'The password is wrong' },
  SECOND_FACTOR_REQUIRED: { status: 401, title: 'A code of your authenticator is needed as well' },
  SECOND_FACTOR_MISSING: { status: 409, title: 'Set up an authenticator first' },
  SECOND_FACTOR_EXISTS: { status: 409, title: 'An authenticator is set up already' },
  CODE_WRONG: { status: 400, title: 'The code is wrong or was used before' },
  CHALLENGE_INVALID: { status: 401, title: 'This sign-in has run out, begin again' },
  BUSY: { status: 503, title: 'Too many sign-ins at once' },
  ROLE_READ_ONLY: { status: 409, title: 'Roles every organization has cannot be changed' },
  ROLE_NAME_TAKEN: { status: 409, title: 'A role of this name exists' },
  ROLE_HELD: { status: 409, title: 'Somebody holds this role' },
  ROLE_LIMIT: { status: 409, title: 'The organization has as many roles of its own as it may have' },
  IMPERSONATED: { status: 403, title: 'Not while you act for somebody else' },
  IMPERSONATION_REFUSED: { status: 409, title: 'You cannot act for this person' },
  NOT_IMPERSONATING: { status: 409, title: 'You act for nobody but yourself' },
  SELF_LOCKOUT: { status: 409, title: 'Nobody takes the right to manage roles from themselves' },
} as const;

export const USER_ERRORS = {
  SLUG_TAKEN: { status: 409, title: 'An organization with this short name exists' },
  MEMBER_EXISTS: { status: 409, title: 'This person is a member already' },
  PERSON_UNKNOWN: { status: 404, title: 'Nobody with this e-mail has registered' },
  LAST_ADMIN: { status: 409, title: 'The last admin cannot be removed' },
  NOT_OWNER: { status: 403, title: 'Only the owner of the organization may do this' },
  OWNER_STAYS: { status: 409, title: 'The owner hands the organization over first' },
  NOT_ADMIN: { status: 409, title: 'Only an admin can own the organization' },
  ORGANIZATION_DELETED: { status: 409, title: 'The organization is deleted' },
  ORGANIZATION_NOT_DELETED: { status: 409, title: 'The organization is not deleted' },
  TEAM_NAME_TAKEN: { status: 409, title: 'A team of this name exists' },
  INVITATION_EXISTS: { status: 409, title: 'This address is invited already' },
  INVITATION_UNKNOWN: { status: 404, title: 'There is no such invitation' },
  INVITATION_ACCEPTED: { status: 409, title: 'The invitation was accepted already' },
  INVITATION_EXPIRED: { status: 409, title: 'The invitation has expired' },
  INVITATION_REVOKED: { status: 409, title: 'The invitation was taken back' },
  INVITATION_FOR_ANOTHER: { status: 409, title: 'The invitation is for another e-mail address' },
  LAST_ROLE: { status: 409, title: 'A member holds at least one role' },
  ROLE_UNKNOWN: { status: 400, title: 'There is no such role' },
} as const;

export const SCHEDULING_ERRORS = {
  SLOT_TAKEN: { status: 409, title: 'The slot is taken' },
  NO_CANDIDATE: { status: 409, title: 'No technician can take this slot' },
  OUTSIDE_WINDOW: { status: 409, title: 'The start lies outside the order’s time window' },
  HOLD_EXPIRED: { status: 409, title: 'The hold has expired' },
  HOLD_LIMIT: { status: 409, title: 'The customer has too many holds' },
  NOT_BOOKED: { status: 409, title: 'The order has no booking to assign' },
  ILLEGAL_TRANSITION: { status: 409, title: 'The order cannot make this step from its present state' },
  ARCHIVED: { status: 409, title: 'This record is archived' },
  UNKNOWN_TIMEZONE: { status: 400, title: 'There is no such time zone' },
} as const;

export const NOTIFICATION_ERRORS = {
  TARGET_REFUSED: { status: 400, title: 'Webhooks cannot be sent to this address' },
  UNKNOWN_EVENT_TYPE: { status: 400, title: 'There is no such webhook event type' },
  NOT_RETRYABLE: { status: 409, title: 'Only failed deliveries can be retried' },
} as const;

export const ERRORS = {
  ...CORE_ERRORS,
  ...AUTH_ERRORS,
  ...USER_ERRORS,
  ...SCHEDULING_ERRORS,
  ...NOTIFICATION_ERRORS,
} as const;

export type ErrorCode = keyof typeof ERRORS;
