import { BusinessRuleException } from '@orion/problem';
import type { Dispatcher } from 'undici';
import type { Answer } from './answer.http';
import { ConnectionLost } from './breakers.service';
import { ClientGone } from './request-body.stream';

/** What undici refuses to send at all, such as a path with a space in it. */
const UNSENDABLE = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED']);

function meaningOf(error: Error): Error {
  if (error instanceof BusinessRuleException || error instanceof ClientGone) return error;
  if ('code' in error && UNSENDABLE.has(String(error.code)))
    return new BusinessRuleException('MALFORMED_REQUEST', error.message);
  return new ConnectionLost(error.message);
}

/** One attempt to have a request answered by its service. Once the answer has begun, nothing can be taken back. */
export class Attempt implements Dispatcher.DispatchHandler {
  /** `begun`: the answer is on its way to the client; `over`: nothing more is heard of it. */
  private state: 'waiting' | 'begun' | 'over' = 'waiting';
  private controller: Dispatcher.DispatchController | undefined;

  constructor(
    private readonly answer: Answer,
    private readonly begun: () => void,
    private readonly failed: (error: Error) => void,
  ) {}

  /** Breaks off what has not ended; an attempt whose answer has not begun fails with the error. */
  abandon(error: Error): void {
    const { state } = this;
    this.state = 'over';
    if (state === 'waiting') this.failed(error);
    if (state !== 'over') this.controller?.abort(error);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.state === 'over') controller.abort(new ClientGone());
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
    message = '',
  ): void {
    if (status < 200) return;
    this.answer.begin(status, message, headers);
    this.state = 'begun';
    this.begun();
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.answer.write(chunk, () => controller.resume())) controller.pause();
  }

  onResponseEnd(): void {
    this.state = 'over';
    this.answer.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    const { state } = this;
    this.state = 'over';
    if (state === 'begun') this.answer.response.destroy();
    if (state === 'waiting') this.failed(meaningOf(error));
  }
}
