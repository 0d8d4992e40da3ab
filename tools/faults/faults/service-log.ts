import { stateFolder } from '@orion/access';
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface LogLine {
  /** Milliseconds since 1970. */
  at: number;
  event: string;
}

const fileOf = (service: string): string => join(stateFolder(), 'log', `${service}.log`);

/** Reads what a service tells in its log from now on. */
export class ServiceLog {
  private readonly from: number;

  constructor(private readonly service: string) {
    this.from = statSync(fileOf(service)).size;
  }

  /** When the service told this event for the first time; undefined where it has not. */
  first(event: string): number | undefined {
    return linesOf(this.text()).find((it) => it.event === event)?.at;
  }

  private text(): string {
    const file = openSync(fileOf(this.service), 'r');
    try {
      const bytes = Buffer.alloc(fstatSync(file).size - this.from);
      readSync(file, bytes, 0, bytes.length, this.from);
      return bytes.toString('utf8');
    } finally {
      closeSync(file);
    }
  }
}

/** The entries of a log; a line that is none, such as one still being written, is left out. */
export function linesOf(text: string): LogLine[] {
  return text.split('\n').flatMap((line) => {
    try {
      const { time, event } = JSON.parse(line) as { time?: string; event?: string };
      return time && event ? [{ at: Date.parse(time), event }] : [];
    } catch {
      return [];
    }
  });
}
