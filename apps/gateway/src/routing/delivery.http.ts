import { BusinessRuleException } from '@orion/problem';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Dispatcher } from 'undici';
import type { Answer } from './answer.http';
import { Attempt } from './attempt.http';
import { ClientGone, type RequestBody } from './request-body.stream';

/** One request from its first attempt until its answer is through, its time is over or its client has left. */
export class Delivery {
  private attempt: Attempt | undefined;
  private timer: NodeJS.Timeout | undefined;
  private over: Error | undefined;
  private readonly response: ServerResponse;

  /**
   * The time runs once the whole request has arrived; how long that may take is the server's `requestTimeout`.
   * @param deadlineMs milliseconds from then to the end of the answer
   */
  constructor(
    private readonly request: IncomingMessage,
    private readonly answer: Answer,
    private readonly body: RequestBody | undefined,
    private readonly deadlineMs: number,
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
      this.attempt = new Attempt(this.answer, begun, failed);
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
    this.timer = setTimeout(this.late, this.deadlineMs);
  };

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
