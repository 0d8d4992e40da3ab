/** Streams one person may hold open at once: several tabs on several devices. */
export const STREAMS_PER_USER = 20;

/** Counts what is held open, by its owner. */
export class OpenStreams {
  private readonly counts = new Map<string, number>();

  constructor(private readonly limit = STREAMS_PER_USER) {}

  /** Takes a place; answers with the way to give it back, or undefined where none is left. */
  take(owner: string): (() => void) | undefined {
    const taken = this.counts.get(owner) ?? 0;
    if (taken >= this.limit) return undefined;
    this.counts.set(owner, taken + 1);
    return () => this.giveBack(owner);
  }

  private giveBack(owner: string): void {
    const left = (this.counts.get(owner) ?? 1) - 1;
    if (left > 0) this.counts.set(owner, left);
    else this.counts.delete(owner);
  }
}
