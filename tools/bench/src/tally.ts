import { now, type Passed } from './task';

const LOOK_MS = 50;

/** Counts the events that went through this process, and when. */
export class Tally {
  private readonly at = new Map<string, number>();
  private readonly last = new Map<string, number>();
  private memory: Passed['memory'] = [];
  private startedAt: number | undefined;
  private count = 0;
  private disorder = 0;

  constructor() {
    setInterval(() => this.memory.push({ at: now(), bytes: process.memoryUsage.rss() }), LOOK_MS).unref();
  }

  begin(): void {
    this.at.clear();
    this.memory = [];
    this.startedAt = undefined;
    this.count = 0;
    this.disorder = 0;
  }

  /** The first piece of work begins. */
  started(): void {
    this.startedAt ??= now();
  }

  /** These events are through. */
  passed(ids: readonly string[]): void {
    const at = now();
    for (const id of ids) this.at.set(id, at);
    this.count += ids.length;
  }

  /** Effects of one aggregate come in the order of its sequence, each once. */
  inOrder(subject: string, sequence: number): void {
    const before = this.last.get(subject);
    if (before !== undefined && sequence !== before + 1) this.disorder++;
    this.last.set(subject, sequence);
  }

  async until(count: number): Promise<Passed> {
    while (this.count < count) await new Promise((look) => setTimeout(look, LOOK_MS));
    const { startedAt = 0, disorder, memory } = this;
    return { startedAt, endedAt: Math.max(...this.at.values()), at: [...this.at], disorder, memory };
  }
}
