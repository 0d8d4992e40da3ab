import { BusinessRuleException } from '@orion/problem';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Dispatcher } from 'undici';
import type { Answer } from './answer.http';
import { Attempt } from './attempt.http';
import { ClientGone, type RequestBody } from './request-body.stream';
import { dropWhenStuck } from './stuck-listener.http';

export interface Deadlines {
  /** Milliseconds from the whole request to the end of the answer. */
  answerMs: number;
  /** For a file instead: the deadline above counts to its beginning, and this from there to its end. */
  fileMs?: number;
}

/** One request from its first attempt until its answer is through, its time is over or its client has left. */
export class Delivery {
  private attempt: Attempt | undefined;
  private timer: NodeJS.Timeout | undefined;
  private over: Error | undefined;
  private readonly response: ServerResponse;

  /**
   * The time runs once the whole request has arrived; how long that may take is the server's `requestTimeout`.
   */
  constructor(
    private readonly request: IncomingMessage,
    private readonly answer: Answer,
    private readonly body: RequestBody | undefined,
    private readonly deadlines: Deadlines,
  ) {
    this.response = answer.response;
    this.response.once('close', this.closed);
    if (!body || request.complete) this.start();
    else request.once('end', this.start);
  }

  /** Resolves when the answer has begun; rejects with ConnectionLost, ClientGone or BusinessRuleException. */
  attemptWith(dispatcher: Dispatcher, options: Dispatcher.DispatchOptions): Promise<void> {
    if (this.response.destroyed) this.over ??= new ClientGone();
    if (this.over) return Promise.reject(this.over);
    return new Promise((begun, failed) => {
      const started = () => {
        this.begun();
        begun();
      };
      this.attempt = new Attempt(this.answer, started, failed);
      dispatcher.dispatch({ ...options, body: this.body?.open() }, this.attempt);
    });
  }

  /** The request is answered otherwise. */
  stop(): void {
    this.request.off('end', this.start);
    clearTimeout(this.timer);
    void this.body?.drain();
  }

  private readonly start = (): void => {
    this.timer = setTimeout(this.late, this.deadlines.answerMs);
  };

  /** A file takes as long as it takes, as long as it is read. */
  private begun(): void {
    const { fileMs } = this.deadlines;
    if (fileMs === undefined) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(this.late, fileMs);
    dropWhenStuck(this.response);
  }

  /** Ends with a problem what has not been answered, and breaks off a reply that has begun. */
  private readonly late = (): void => {
    if (this.response.headersSent) this.response.destroy();
    else this.abandon(new BusinessRuleException('DEADLINE_EXCEEDED'));
  };

  private readonly closed = (): void => {
    this.stop();
    if (!this.response.writableFinished) this.abandon(new ClientGone());
  };

  private abandon(error: Error): void {
    this.over ??= error;
    this.attempt?.abandon(error);
  }
}
