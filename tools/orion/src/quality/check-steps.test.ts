import { expect, it } from '@jest/globals';
import { checkSteps } from './check-steps';

const typescript = (program: string) => ['--import', 'tsx', program];

it('checks format, lint, types and workflows always', () => {
  const steps = checkSteps({ lintProbes: false, contractCheck: false }, typescript);
  expect(steps.map((it) => it.name)).toEqual(['format', 'lint', 'typecheck', 'workflows']);
});

it('adds the probes of the lint rules and the contracts’ own check', () => {
  const steps = checkSteps({ lintProbes: true, contractCheck: true }, typescript);
  expect(steps.map((it) => it.name)).toEqual([
    'format',
    'lint',
    'typecheck',
    'lint probes',
    'contracts',
    'workflows',
  ]);
});
