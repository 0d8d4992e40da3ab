import { BusinessRuleException } from '@orion/problem';

/** The database or another service is away: no reason to spend an event's tries. */
export const isOutage = (error: unknown): boolean =>
  error instanceof BusinessRuleException && error.code === 'UPSTREAM_UNAVAILABLE';
