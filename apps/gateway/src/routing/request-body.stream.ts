import { BusinessRuleException } from '@orion/problem';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

/** Largest request body, in bytes (spec: the same limit as in the services). */
export const BODY_LIMIT = 1024 * 1024;

/** Bytes of a refused body that are still read, so that its sender gets to read the answer. */
const DRAIN_LIMIT = 16 * 1024 * 1024;

/** The client went away; nobody is left to answer. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone';
}

const tooLarge = (limit: number) =>
  new BusinessRuleException('PAYLOAD_TOO_LARGE', `A request may carry at most ${limit} bytes`);

const announced = (request: IncomingMessage): number => Number(request.headers['content-length'] ?? 0);

const hasBody = (request: IncomingMessage): boolean =>
  request.headers['transfer-encoding'] !== undefined || announced(request) > 0;

/** The body of one request on its way to a service, streamed; kept for a second attempt where one is allowed. */
export class RequestBody {
  private readonly chunks: Buffer[] = [];
  private received = 0;
  private ended = false;
  private source: AsyncIterator<Buffer> | undefined;
  private pulling: Promise<void> | undefined;

  private constructor(
    private readonly request: IncomingMessage,
    private readonly keep: boolean,
    private readonly limit: number,
  ) {}

  /**
   * The body of a request; undefined where it has none.
   * @throws BusinessRuleException PAYLOAD_TOO_LARGE for a body announced too large
   */
  static of(request: IncomingMessage, keep: boolean, limit = BODY_LIMIT): RequestBody | undefined {
    if (!hasBody(request)) return undefined;
    if (announced(request) > limit) throw tooLarge(limit);
    return new RequestBody(request, keep, limit);
  }

  /**
   * The whole body, for one attempt. Fails with PAYLOAD_TOO_LARGE as soon as the limit is passed, with ClientGone when
   * its sender leaves.
   */
  open(): Readable {
    // Whoever reads it hears of its errors; they may come when nobody does any more.
    return Readable.from(this.bytes(), { objectMode: false }).on('error', () => undefined);
  }

  /** Reads what the sender still has to say and forgets it; ends the connection where that is too much. */
  async drain(): Promise<void> {
    if (this.ended || !this.source) return;
    try {
      while (!this.ended) {
        this.chunks.length = 0;
        await this.pull(DRAIN_LIMIT);
      }
    } catch {
      this.ended = true;
    }
    if (!this.request.complete) this.request.destroy();
  }

  private async *bytes(): AsyncGenerator<Buffer> {
    for (let next = 0; ;) {
      const chunk = this.chunks[next];
      if (chunk) {
        if (this.keep) next += 1;
        else this.chunks.shift();
        yield chunk;
      } else if (this.ended) return;
      else await this.pull(this.limit);
    }
  }

  private pull(limit: number): Promise<void> {
    this.pulling ??= this.read(limit).finally(() => (this.pulling = undefined));
    return this.pulling;
  }

  private async read(limit: number): Promise<void> {
    this.source ??= this.request[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    const { done, value } = await this.source.next().catch(() => {
      throw new ClientGone();
    });
    if (done) {
      this.ended = true;
      return;
    }
    this.received += value.length;
    if (this.received > limit) throw tooLarge(limit);
    this.chunks.push(value);
  }
}
