import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runVerdicts, verdictOf } from '../src/quality/verdicts';
import { smallWorkspace } from './small-workspace';

let workspace: ReturnType<typeof smallWorkspace>;

beforeAll(() => {
  workspace = smallWorkspace();
  const project = (name: string, lint: string) =>
    JSON.stringify({ name, targets: { lint: { command: lint }, typecheck: { command: 'true' } } });
  workspace.write({
    'apps/desk/project.json': project('desk', 'exit 1'),
    'apps/post/project.json': project('post', 'true'),
  });
});

afterAll(() => workspace.remove());

it('lint and types can be run now', async () => {
  const said: string[] = [];
  const results = await runVerdicts(workspace.root, (text) => said.push(text));
  expect(results).toMatchObject({ passed: 1, failed: 1 });
  expect(verdictOf(results, 'lint', 'desk')).toBe('failed');
  expect(verdictOf(results, 'lint', 'post')).toBe('passed');
  expect(verdictOf(results, 'typecheck', 'desk')).toBe('passed');
  expect(said).toEqual(['running lint …', 'running typecheck …']);
});

describe('a verdict is unknown', () => {
  const at = '2026-11-21T08:00:00.000Z';

  it('where nobody has looked', () => {
    expect(verdictOf(undefined, 'lint', 'desk')).toBe('unknown');
    expect(verdictOf({ passed: 0, failed: 0, at, steps: [] }, 'lint', 'desk')).toBe('unknown');
  });

  it('where the step broke before it came to a project', () => {
    const steps = [{ name: 'lint', passed: false, failedProjects: [] }];
    expect(verdictOf({ passed: 0, failed: 1, at, steps }, 'lint', 'desk')).toBe('unknown');
  });
});
