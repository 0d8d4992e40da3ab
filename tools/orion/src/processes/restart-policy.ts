/** Pause before each restart in a row, in milliseconds; the last one repeats. */
const PAUSES = [50, 250, 500, 1_000, 2_000, 5_000, 10_000] as const;
/** A process that ran this long begins with a clean sheet. */
const STEADY_AFTER_MS = 20_000;
/** Ends in a row after which a process that never became ready is given up. */
const PATIENCE = 3;

export interface Ending {
  /** Ends in a row before this one. */
  earlierEnds: number;
  /** How long it ran, in milliseconds. */
  ranMs: number;
  /** Whether the platform was ready once: from then on a process is restarted for ever. */
  settled: boolean;
}

export type Verdict = { restart: true; inMs: number; endsInARow: number } | { restart: false };

/** What to do with a process that ended by itself. */
export function verdict({ earlierEnds, ranMs, settled }: Ending): Verdict {
  const endsInARow = ranMs >= STEADY_AFTER_MS ? 1 : earlierEnds + 1;
  if (!settled && endsInARow >= PATIENCE) return { restart: false };
  const inMs = PAUSES[Math.min(endsInARow, PAUSES.length) - 1] ?? PAUSES[0];
  return { restart: true, inMs, endsInARow };
}
