import { constants } from 'node:os';
import { endCommands } from './run.process';

type Ending = 'SIGINT' | 'SIGTERM' | 'SIGHUP';
const SIGNALS: readonly Ending[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** The terminal and npm may both deliver the same Ctrl-C; only a later one is a second wish. */
const SAME_WISH_MS = 1_000;

export const exitCodeOf = (signal: Ending): number => 128 + constants.signals[signal];

/**
 * Resolves with the signal that asks this process to end. Commands under way are ended at once. A later signal calls
 * `impatient`.
 */
export function endAsked(impatient: () => void): Promise<Ending> {
  let first: number | undefined;
  return new Promise((settle) => {
    for (const signal of SIGNALS) {
      process.on(signal, () => {
        const now = performance.now();
        if (first !== undefined) {
          if (now - first > SAME_WISH_MS) impatient();
          return;
        }
        first = now;
        endCommands();
        settle(signal);
      });
    }
  });
}
