import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { CheckResults } from '@orion/workspace';
import { computeReport } from '../src/compute-report';
import type { ForgeFigures } from '../src/forge/figures';
import { Report } from '../src/report/report';
import { textOf } from '../src/report/text';
import { smallWorkspace } from './small-workspace';

type Workspace = ReturnType<typeof smallWorkspace>;

const workspaces: Workspace[] = [];
afterAll(() => workspaces.forEach((it) => it.remove()));

function workspaceWith(files: Record<string, string>): Workspace {
  const workspace = smallWorkspace();
  workspaces.push(workspace);
  workspace.write(files);
  return workspace;
}

async function report({ root }: Workspace, checks?: CheckResults, forge?: ForgeFigures): Promise<Report> {
  return Report.parse(await computeReport(root, { checks, forge }));
}

let found: Report;
beforeAll(async () => {
  found = await report(workspaceWith({}));
});

const app = ({ apps }: Report, name: string) => apps.find((it) => it.name === name);
const check = ({ integration }: Report, name: string) => integration.find((it) => it.name === name);

it('says for every app what it has to do and what is done', () => {
  expect(found.apps.map(({ name }) => name)).toEqual(['desk', 'parcels', 'post']);
  expect(app(found, 'parcels')).toEqual({
    name: 'parcels',
    folder: 'apps/parcels',
    owners: ['@parcels', '@more'],
    status: 'complete',
    progress: { done: 4, of: 4 },
    endpoints: { implemented: 2, declared: 2, called: 0 },
    events: { published: 1, declared: 1, heard: 1 },
    questions: { answered: 1, declared: 1, asked: 0 },
    files: 7,
    tests: 3,
    coverage: 'unknown',
    lint: 'unknown',
    types: 'unknown',
    blockers: 'unknown',
  });
  expect(app(found, 'post')).toMatchObject({
    owners: ['@all'],
    events: { heard: 2 },
    questions: { asked: 1 },
  });
  expect(app(found, 'desk')).toMatchObject({ endpoints: { called: 1 }, progress: { done: 1, of: 1 } });
});

it('names what does not fit together', () => {
  expect(check(found, 'API contracts')).toEqual({
    name: 'API contracts',
    holds: false,
    done: 2,
    of: 3,
    faults: ['letters.list is not implemented by letters'],
  });
  expect(check(found, 'Event schemas')).toMatchObject({
    done: 1,
    of: 2,
    faults: ['orion.letters.letter.sent.v1 is not published by letters'],
  });
  expect(check(found, 'Database schemas')).toMatchObject({
    done: 0,
    of: 1,
    faults: ['parcels: no migration makes Stamp'],
  });
  expect(check(found, 'Service to service')).toMatchObject({
    done: 3,
    of: 4,
    faults: ['post hears orion.letters.letter.sent.v1, which nobody publishes'],
  });
  expect(check(found, 'Frontend to backend')).toMatchObject({ holds: true, done: 1, of: 1 });
});

it('shows a new app by itself, and what it brings', async () => {
  const workspace = workspaceWith({
    'apps/letters/project.json': '{"name": "letters"}',
    'apps/letters/src/letters.controller.ts': `
import { listLetters, letterSent } from '@orion/contracts';
export class Letters {
  @Implements(listLetters) list() { return this.outbox.publish(tx, letterSent, {}); }
}`,
  });
  const changed = await report(workspace);
  expect(app(changed, 'letters')).toMatchObject({ status: 'complete', progress: { done: 2, of: 2 } });
  expect(check(changed, 'API contracts')).toMatchObject({ holds: true, done: 3, of: 3 });
  expect(check(changed, 'Service to service')?.holds).toBe(true);
});

it('finds what is done twice, by others, or past the client', async () => {
  const workspace = workspaceWith({
    'apps/post/src/parcel.controller.ts': `
import { readParcel, parcelSent, whoLives, listLetters } from '@orion/contracts';
export class Post {
  @Implements(readParcel) read() { return this.outbox.publish(tx, parcelSent, {}); }
  @Answers(whoLives) who() {}
}`,
    'apps/desk/src/letters.ts': `
import { listLetters } from '@orion/contracts';
export const letters = async (api) => (await api.call(listLetters)) ?? fetch('/letters');`,
    'apps/parcels/prisma/migrations/2/migration.sql':
      'CREATE TABLE "Stamp" (id uuid); ALTER TABLE parcel ADD FOREIGN KEY (id) REFERENCES letter (id);',
  });
  const changed = await report(workspace);
  expect(check(changed, 'API contracts')?.faults).toContain(
    'parcels.read of parcels is implemented by parcels, post',
  );
  expect(check(changed, 'Event schemas')?.faults).toContain(
    'orion.parcels.parcel.sent.v1 of parcels is published by post',
  );
  expect(check(changed, 'Service to service')?.faults).toContain(
    'parcels.who-lives is answered by parcels, post, not by parcels alone',
  );
  expect(check(changed, 'Database schemas')?.faults).toEqual([
    'parcels: a foreign key points at letter, which is not its own',
  ]);
  expect(check(changed, 'Frontend to backend')).toMatchObject({
    done: 1,
    of: 3,
    faults: [
      'letters.list is called, and letters does not implement it',
      'apps/desk/src/letters.ts reaches the network without the client',
    ],
  });
});

it('takes quality from the last runs and blockers from the forge', async () => {
  const summary = (covered: number) => JSON.stringify({ total: { lines: { total: 200, covered } } });
  const workspace = workspaceWith({ 'apps/parcels/coverage/coverage-summary.json': summary(150) });
  const at = '2026-11-21T08:00:00.000Z';
  const checks: CheckResults = {
    passed: 1,
    failed: 1,
    at,
    steps: [
      { name: 'lint', passed: false, failedProjects: ['post'] },
      { name: 'typecheck', passed: true, failedProjects: [] },
    ],
  };
  const forge = { blockers: [['blocker', 'app: desk'], ['blocker']], reviewHours: [1, 30, 2] };
  const changed = await report(workspace, checks, forge);
  expect(app(changed, 'parcels')).toMatchObject({
    status: 'in progress',
    coverage: { percent: 75, required: 90 },
    lint: 'passed',
    blockers: 0,
  });
  expect(app(changed, 'post')).toMatchObject({ lint: 'failed', types: 'passed' });
  expect(app(changed, 'desk')).toMatchObject({ status: 'blocked', blockers: 1 });
  expect(changed.quality).toEqual({
    projects: 4,
    contractsImplemented: { done: 2, of: 3 },
    tests: 3,
    coverage: 75,
    belowCoverage: ['parcels'],
    lintFailures: ['post'],
    typeFailures: [],
    checkedAt: at,
    openBlockers: 2,
    reviewHours: 2,
  });
});

it('is told in lines, with everything that does not hold', () => {
  const text = textOf(found);
  expect(text).toMatch(/^parcels +@parcels @more +complete +████████ 100 %/m);
  expect(text).toMatch(/✗ {2}API contracts +2\/3\n {4}letters\.list is not implemented by letters/);
  expect(text).toMatch(/✓ {2}Frontend to backend/);
  expect(text).toMatch(/Open blockers +unknown/);
});
