import { ApiProblem, madeUpProblem } from './api-problem';
import { networkProblem } from './send';

/** The JSON of a successful response. @throws ApiProblem where the connection ends in the middle, or it is no JSON */
export async function readJson(response: Response): Promise<unknown> {
  const text = await response.text().catch((error: unknown) => {
    throw networkProblem(error);
  });
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ApiProblem(madeUpProblem(response.status, 'The answer is no JSON'));
  }
}
