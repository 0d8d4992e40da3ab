import { type DestinationStream, pino } from 'pino';

/** Bytes gathered before they are written. */
const PIECE = 4_096;
/** Milliseconds an entry may wait. */
const WAIT_MS = 100;
const ERROR = 50;

const outputs = new Map<number, DestinationStream>();

/**
 * A file descriptor that is written to in pieces, because a system call for each entry is most of what an entry costs.
 * Errors are written at once with everything before them, the rest within a tenth of a second and when the process
 * ends; only one that is killed loses what came after.
 */
export function bufferedOutput(fd: number): DestinationStream {
  const known = outputs.get(fd);
  if (known) return known;
  const file = pino.destination({ dest: fd, sync: true, minLength: PIECE });
  let timer: NodeJS.Timeout | undefined;
  const flushSync = (): void => {
    clearTimeout(timer);
    timer = undefined;
    file.flushSync();
  };
  const output = {
    /** Makes pino tell the level of each entry. */
    [Symbol.for('pino.metadata')]: true,
    lastLevel: 0,
    write(line: string): void {
      file.write(line);
      if (this.lastLevel >= ERROR) flushSync();
      else timer ??= setTimeout(flushSync, WAIT_MS).unref();
    },
    flushSync,
  };
  process.once('exit', flushSync);
  outputs.set(fd, output);
  return output;
}
