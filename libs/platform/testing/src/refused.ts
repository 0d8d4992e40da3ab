import { ApiProblem } from '@orion/client';
import type { Problem } from '@orion/contracts';

/** What a call is refused with; fails where it is not refused, or not by a problem document. */
export async function refusal(call: Promise<unknown>): Promise<ApiProblem> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ApiProblem) return error;
    throw error;
  }
  throw new Error('the call was not refused');
}

export const problemOf = async (call: Promise<unknown>): Promise<Problem> => (await refusal(call)).problem;

export const codeOf = async (call: Promise<unknown>): Promise<string> => (await refusal(call)).code;
