import { expect, it } from '@jest/globals';
import { ApiProblem } from '@orion/client';
import { codeOf, problemOf } from './refused';

const problem = { type: 'about:blank', title: 'Nothing is found here', status: 404, code: 'NOT_FOUND' };

it('gives the problem document a call is refused with, and its code', async () => {
  const refused = () => Promise.reject(new ApiProblem(problem));
  await expect(problemOf(refused())).resolves.toEqual(problem);
  await expect(codeOf(refused())).resolves.toBe('NOT_FOUND');
});

it('fails where the call is not refused, and with what went wrong where no answer came', async () => {
  await expect(problemOf(Promise.resolve(1))).rejects.toThrow('the call was not refused');
  await expect(problemOf(Promise.reject(new Error('no wire')))).rejects.toThrow('no wire');
});
