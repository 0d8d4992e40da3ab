import type { ServerResponse } from 'node:http';
import { answerHeaders, type AnswerHeaders, type Pairs } from './answer-headers';

/** The answer of a service on its way to the client, as it comes. */
export class Answer {
  /** Bytes still to come, where the service said how many. */
  private left: number | undefined;
  private waits = false;

  /**
   * @param defaults headers for what a service does not say itself, names in small letters
   * @param own headers the gateway sets on every answer to this request, names in small letters
   */
  constructor(
    readonly response: ServerResponse,
    private readonly defaults: Pairs,
    private readonly own: string[],
  ) {}

  /** A further header, on whatever the request is answered with. */
  add(name: string, value: string): void {
    this.own.push(name, value);
  }

  begin(status: number, message: string, upstream: AnswerHeaders): void {
    const vary = this.response.getHeader('vary');
    const parts = {
      defaults: this.defaults,
      own: this.own,
      vary: vary === undefined ? undefined : String(vary),
    };
    const length = upstream['content-length'];
    this.left = typeof length === 'string' ? Number(length) : undefined;
    this.response.writeHead(status, message, answerHeaders(upstream, parts));
  }

  /**
   * Passes on a piece of the body; the last goes out together with the end.
   * @param resume called, when this answers false, once there is room for more
   */
  write(chunk: Buffer, resume: () => void): boolean {
    if (this.left !== undefined) {
      this.left -= chunk.length;
      if (this.left <= 0) {
        this.response.end(chunk);
        return true;
      }
    }
    if (this.response.write(chunk)) return true;
    if (!this.waits) {
      this.waits = true;
      this.response.on('drain', resume);
    }
    return false;
  }

  end(): void {
    if (!this.response.writableEnded) this.response.end();
  }

  /** For an answer of the gateway's own: everything a service's answer would have had from it. */
  setOwnHeaders(): void {
    for (const pairs of [this.defaults, this.own])
      for (let i = 0; i < pairs.length; i += 2) this.response.setHeader(pairs[i] ?? '', pairs[i + 1] ?? '');
  }
}
