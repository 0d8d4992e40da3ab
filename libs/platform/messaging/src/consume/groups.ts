/**
 * Items that have to wait are worked on together with what waits under the same key, in the order they came. Nothing
 * waits for company: while there is room for another group, an item is a group of its own.
 */
export class Groups<T> {
  private readonly waiting = new Map<string, T[]>();

  /**
   * @param room for so many groups at the same time
   * @param most items of a key's next group
   * @param work must not reject
   */
  constructor(
    private room: number,
    private readonly most: (key: string) => number,
    private readonly work: (key: string, items: T[]) => Promise<void>,
  ) {}

  add(key: string, item: T): void {
    const queue = this.waiting.get(key);
    if (queue) queue.push(item);
    else this.waiting.set(key, [item]);
    this.next();
  }

  /** The key that waits longest goes first; what is left of it goes last. */
  private next(): void {
    const [oldest] = this.waiting;
    if (this.room === 0 || !oldest) return;
    const [key, queue] = oldest;
    const items = queue.splice(0, Math.max(1, this.most(key)));
    this.waiting.delete(key);
    if (queue.length > 0) this.waiting.set(key, queue);
    this.room--;
    void this.work(key, items).finally(() => {
      this.room++;
      this.next();
    });
  }
}
