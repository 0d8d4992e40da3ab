/** Failed attempts in a row after which an endpoint is given a pause. */
const PATIENCE = 5;
/** Seconds of a pause. Short against the retry schedule, so one failing delivery alone is never held up. */
const PAUSE_SECONDS = 30;
/** Hours of nothing but failures after which an endpoint is disabled. */
const GIVE_UP_HOURS = 72;

export interface EndpointHealth {
  consecutiveFailures: number;
  failingSince: Date | null;
}

export interface BreakerVerdict extends EndpointHealth {
  /** How long to leave the endpoint alone; null where it may be called. */
  pauseSeconds: number | null;
  /** Why it is to be disabled, if it is. */
  disable?: string;
}

/** The state of an endpoint after one more attempt. */
export function afterAttempt(health: EndpointHealth, delivered: boolean, now: Date): BreakerVerdict {
  if (delivered) return { consecutiveFailures: 0, failingSince: null, pauseSeconds: null };
  const consecutiveFailures = health.consecutiveFailures + 1;
  const failingSince = health.failingSince ?? now;
  const hours = (now.getTime() - failingSince.getTime()) / 3_600_000;
  return {
    consecutiveFailures,
    failingSince,
    pauseSeconds: consecutiveFailures >= PATIENCE ? PAUSE_SECONDS : null,
    ...(hours >= GIVE_UP_HOURS ? { disable: `The receiver failed for ${GIVE_UP_HOURS} hours` } : {}),
  };
}
