import { Injectable } from '@nestjs/common';
import { Log } from '@orion/logger';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerProblem } from './problem.answer';
import { ClientGone } from './request-body.stream';

/** Ends a request that is not passed on, and says so in the log. */
@Injectable()
export class Refusal {
  constructor(private readonly log: Log) {}

  answer(request: IncomingMessage, response: ServerResponse, path: string, error: unknown): void {
    if (error instanceof ClientGone) {
      response.destroy();
      return;
    }
    const problem = answerProblem(request, response, error);
    const fields = { method: request.method, path, code: problem.code };
    if (problem.status >= 500) this.log.error('gateway_request_failed', { ...fields, error });
    else this.log.info('gateway_request_refused', { ...fields, status: problem.status });
  }
}
