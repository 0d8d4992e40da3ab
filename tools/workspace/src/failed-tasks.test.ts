import { expect, it } from '@jest/globals';
import { FailedTasks } from './failed-tasks';

it('takes the projects of the list at the end, and nothing before it', () => {
  const failed = new FailedTasks();
  const output = [
    '- auth:lint is only a line of some output',
    '\u001b[31mFailed tasks:\u001b[39m',
    '',
    '- user:lint',
    '- @orion/words:lint',
    '- user:typecheck',
    'Hint: nothing',
  ];
  for (const line of output) failed.add(line);
  expect([...failed.projects]).toEqual(['user', '@orion/words']);
});
