/**
 * The position a stream resumes after: `Last-Event-ID` of a listener that reconnects goes before `after` of its
 * first connection. Undefined: only what happens from now on.
 */
export function resumeAfter(lastEventId: string | undefined, after: number | undefined): number | undefined {
  return lastEventId !== undefined && /^\d{1,15}$/.test(lastEventId) ? Number(lastEventId) : after;
}
