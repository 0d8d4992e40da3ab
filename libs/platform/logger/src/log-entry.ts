/** `domain_action_status`: at least three words in small letters, such as `booking_hold_succeeded`. */
export type LogEvent = `${string}_${string}_${string}`;

export const LOG_EVENT = /^[a-z][a-z0-9]*(_[a-z0-9]+){2,}$/;

export const isLogEvent = (name: string): name is LogEvent => LOG_EVENT.test(name);

/** One line of the log, as JSON. */
export interface LogEntry {
  level: string;
  time: string;
  service: string;
  /** Free text of libraries has `msg` instead. */
  event?: LogEvent;
  msg?: string;
  correlationId?: string;
  organizationId?: string;
  userId?: string;
  causationId?: string;
  traceparent?: string;
  err?: { type: string; message: string; stack?: string; code?: string };
  [field: string]: unknown;
}
