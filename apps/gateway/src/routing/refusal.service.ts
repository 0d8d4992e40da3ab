import { Injectable } from '@nestjs/common';
import { Log } from '@orion/logger';
import { BusinessRuleException } from '@orion/problem';
import { forgetBody } from '@orion/service';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerProblem } from './problem.answer';
import { ClientGone } from './request-body.stream';

const isTooLarge = (error: unknown): boolean =>
  error instanceof BusinessRuleException && error.code === 'PAYLOAD_TOO_LARGE';

/** Ends a request that is not passed on, and says so in the log. */
@Injectable()
export class Refusal {
  constructor(private readonly log: Log) {}

  /** Who sends too much gets the answer after the last byte: cut off before, nobody would read why. */
  async answer(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    error: unknown,
  ): Promise<void> {
    if (error instanceof ClientGone) {
      response.destroy();
      return;
    }
    if (isTooLarge(error)) await forgetBody(request);
    const problem = answerProblem(request, response, error);
    const fields = { method: request.method, path, code: problem.code };
    if (problem.status >= 500) this.log.error('gateway_request_failed', { ...fields, error });
    else this.log.info('gateway_request_refused', { ...fields, status: problem.status });
  }
}
