import { Interrupted } from '../failure';
import { paint, wantsColours } from './colours';
import { inWords } from './duration';

const HEARTBEAT_MS = 15_000;
const GREEN = 32;
const RED = 31;

/** Tells what happens, step by step, with the time each step took. */
export class Progress {
  readonly colours: boolean;

  constructor(private readonly out: NodeJS.WriteStream = process.stdout) {
    this.colours = wantsColours(process.env, out.isTTY === true);
  }

  /** A line for the person at the keyboard; a background supervisor also hands it to whoever started it. */
  say(line = ''): void {
    this.out.write(`${line}\n`);
    if (process.connected) process.send?.({ line });
  }

  done(what: string, milliseconds: number): void {
    this.say(`${this.mark('✓', GREEN)} ${what}  ${inWords(milliseconds)}`);
  }

  failed(what: string, milliseconds: number): void {
    this.say(`${this.mark('✗', RED)} ${what}  ${inWords(milliseconds)}`);
  }

  /** Runs a step; `describe` may name what came out of it. */
  async step<T>(what: string, work: () => Promise<T>, describe?: (result: T) => string): Promise<T> {
    const started = performance.now();
    const elapsed = () => performance.now() - started;
    const heartbeat = setInterval(() => this.say(`  … ${what}, ${inWords(elapsed())}`), HEARTBEAT_MS);
    try {
      const result = await work();
      this.done(describe ? `${what}: ${describe(result)}` : what, elapsed());
      return result;
    } catch (error) {
      if (!(error instanceof Interrupted)) this.failed(what, elapsed());
      throw error;
    } finally {
      clearInterval(heartbeat);
    }
  }

  private mark(sign: string, colour: number): string {
    return this.colours ? paint(sign, colour) : sign;
  }
}
