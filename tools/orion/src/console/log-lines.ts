import { colourOf, paint } from './colours';

/** Cuts a stream of chunks into whole lines; an unfinished line waits for its rest. */
export class LineSplitter {
  private rest = '';

  push(chunk: string): string[] {
    const lines = (this.rest + chunk).split(/\r?\n/);
    this.rest = lines.pop() ?? '';
    return lines;
  }

  /** The unfinished line at the end of the stream, if there is one. */
  end(): string[] {
    const last = this.rest;
    this.rest = '';
    return last === '' ? [] : [last];
  }
}

/** Puts the source's name, padded to the longest one, before a line. */
export function prefixed(line: string, name: string, names: readonly string[], colours: boolean): string {
  const width = Math.max(...names.map((it) => it.length), name.length);
  const label = `${name.padEnd(width)} |`;
  return `${colours ? paint(label, colourOf(name, names)) : label} ${line}`;
}

/** Keeps the last lines of something, for the message that explains its end. */
export class LastLines {
  private readonly lines: string[] = [];

  constructor(private readonly count: number) {}

  add(line: string): void {
    this.lines.push(line);
    if (this.lines.length > this.count) this.lines.shift();
  }

  all(): readonly string[] {
    return this.lines;
  }
}
