import { Problem, problemType } from '@orion/contracts';

/** What the platform refused, as the problem document it answered with. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;

  constructor(
    readonly problem: Problem,
    /** Seconds after which the same call may succeed. */
    readonly retryAfterSeconds?: number,
  ) {
    super(`${problem.code}: ${problem.detail ?? problem.title}`);
    this.status = problem.status;
  }

  get code(): string {
    return this.problem.code;
  }

  /** The reason each refused field was given, by its path. */
  get fields(): Record<string, string> {
    return Object.fromEntries((this.problem.errors ?? []).map(({ field, reason }) => [field, reason]));
  }
}

/** A problem document for an answer that is none: a proxy's page, or no answer at all (status 0). */
export const madeUpProblem = (status: number, detail: string): Problem => {
  const code = status === 0 ? 'NETWORK_UNREACHABLE' : 'UNREADABLE_ANSWER';
  const title = status === 0 ? 'The platform cannot be reached' : 'The answer cannot be read';
  return { type: problemType(code), title, status, code, detail };
};

/** Reads the problem out of a response whose status is not one of success. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const wait = Number(response.headers.get('retry-after'));
  const seconds = Number.isFinite(wait) && wait > 0 ? wait : undefined;
  const text = await response.text();
  try {
    return new ApiProblem(Problem.parse(JSON.parse(text)), seconds);
  } catch {
    return new ApiProblem(madeUpProblem(response.status, `HTTP ${response.status}`), seconds);
  }
}
