import { problemHeaders, toProblem } from '@orion/problem';
import type { Problem } from '@orion/contracts';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Ends a request with a problem document; a reply that has begun can only be broken off. */
export function answerProblem(request: IncomingMessage, response: ServerResponse, error: unknown): Problem {
  const problem = toProblem(error, request.url?.split('?', 1)[0]);
  if (response.headersSent) response.destroy();
  else response.writeHead(problem.status, problemHeaders(problem)).end(JSON.stringify(problem));
  return problem;
}
