import { ApiProblem } from '@orion/client';

/** Creates, or finds what an earlier seed created under the same external id. */
export async function ensure<T>(create: () => Promise<T>, find: () => Promise<{ items: T[] }>): Promise<T> {
  try {
    return await create();
  } catch (error) {
    if (!(error instanceof ApiProblem && error.status === 409)) throw error;
    const [found] = (await find()).items;
    if (!found) throw error;
    return found;
  }
}
