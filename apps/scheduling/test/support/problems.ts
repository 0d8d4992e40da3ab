import { ApiProblem } from '@orion/client';
import type { Problem } from '@orion/contracts';

/** The problem document a call is refused with. */
export async function problemOf(call: Promise<unknown>): Promise<Problem> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ApiProblem) return error.problem;
    throw error;
  }
  throw new Error('the call was not refused');
}

export const codeOf = async (call: Promise<unknown>): Promise<string> => (await problemOf(call)).code;
