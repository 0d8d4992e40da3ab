/** Tells a wait that is going on that the listener has gone; holds on to one wait at a time, however many there were. */
export class Departure {
  private wake: () => void = () => undefined;
  private left = false;

  readonly happen = (): void => {
    this.left = true;
    this.wake();
  };

  /** The result of `work`, or `gone` as soon as the listener is. */
  or<T>(work: Promise<T>): Promise<T | 'gone'> {
    return new Promise((resolve, reject) => {
      this.wake = () => resolve('gone');
      if (this.left) this.wake();
      work.then(resolve, reject);
    });
  }
}
