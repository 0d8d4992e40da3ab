/** No place was free, nor one in the queue. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/**
 * Lets a bounded number of works run at once and a bounded number wait, first come first served. Refusing early
 * keeps those already waiting within a bearable time.
 */
export class Admission {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly places: number,
    private readonly queue: number,
  ) {}

  /** @throws Refused at once where the queue is full */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running < this.places) this.running += 1;
    else await this.turn();
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }

  private turn(): Promise<void> {
    if (this.waiting.length >= this.queue) throw new Refused('the queue is full');
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}
