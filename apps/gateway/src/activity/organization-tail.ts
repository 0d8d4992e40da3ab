export interface Positioned {
  position: number;
}

/** Lines kept in memory for an organization somebody is listening to. */
export const KEPT = 500;

/** The newest lines of one feed, contiguous and ascending, so that its listeners share one reading of the database. */
export class OrganizationTail<Line extends Positioned> {
  private readonly lines: Line[] = [];

  constructor(private newest: number) {}

  get last(): number {
    return this.newest;
  }

  /** Takes over lines read after `last`; others are ignored. */
  append(lines: readonly Line[]): void {
    for (const line of lines) {
      if (line.position !== this.newest + 1) continue;
      this.lines.push(line);
      this.newest = line.position;
    }
    if (this.lines.length > KEPT) this.lines.splice(0, this.lines.length - KEPT);
  }

  /** At most `limit` lines after a position; undefined where they are older than what is kept. */
  after(position: number, limit: number): Line[] | undefined {
    const oldest = this.newest - this.lines.length;
    if (position < oldest) return undefined;
    return this.lines.slice(position - oldest, position - oldest + limit);
  }
}
