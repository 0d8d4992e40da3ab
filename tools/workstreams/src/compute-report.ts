import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CheckResults,
  isApp,
  ownerRules,
  type Project,
  readProjects,
  ruleOf,
  trackedFiles,
} from '@orion/workspace';
import { allChecks } from './checks/all-checks';
import type { Facts } from './facts';
import { blockersOf, type ForgeFigures } from './forge/figures';
import { readCoverage } from './quality/coverage';
import { verdictOf } from './quality/verdicts';
import { readApp } from './read-facts';
import { appReport } from './report/app-report';
import { qualityReport } from './report/quality-report';
import type { Report } from './report/report';
import { readCatalogue } from './source/catalogue';
import { countTests, filesByProject } from './source/project-files';

/** What was found out elsewhere; each may be missing. */
export interface Known {
  checks: CheckResults | undefined;
  forge: ForgeFigures | undefined;
}

function commitOf(root: string): string {
  const args = ['describe', '--always', '--dirty', '--abbrev=10', '--exclude=*'];
  return execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
}

function ownersOf(root: string): (project: Project) => string[] {
  const file = join(root, 'CODEOWNERS');
  const rules = existsSync(file) ? ownerRules(readFileSync(file, 'utf8')) : [];
  return (project) => ruleOf(rules, `${project.root}/project.json`)?.owners ?? [];
}

/** Looks at a workspace and says how far its apps are, whether they fit together, and how good they are. */
export async function computeReport(root: string, { checks, forge }: Known): Promise<Report> {
  const catalogue = await readCatalogue(root);
  const files = filesByProject(trackedFiles(root), readProjects(root));
  const owners = ownersOf(root);
  const projects = [...files].map(([project, paths]) => ({
    project,
    name: project.name,
    files: paths.length,
    tests: countTests(root, paths),
    coverage: readCoverage(join(root, project.root)),
  }));
  const apps = [...files]
    .filter(([project]) => isApp(project))
    .map(([project, paths]) => readApp(root, project, paths, catalogue));
  const facts: Facts = { catalogue, apps };
  const reportOf = (app: Facts['apps'][number]): Report['apps'][number] => {
    const { name } = app.project;
    const own = projects.find(({ project }) => project === app.project);
    return appReport(app, facts, {
      owners: owners(app.project),
      files: own?.files ?? 0,
      tests: own?.tests ?? 0,
      coverage: own?.coverage,
      lint: verdictOf(checks, 'lint', name),
      types: verdictOf(checks, 'typecheck', name),
      blockers: forge ? blockersOf(forge, name) : 'unknown',
    });
  };
  return {
    at: new Date().toISOString(),
    commit: commitOf(root),
    apps: apps.map(reportOf),
    integration: allChecks(facts).map((it) => ({ ...it, holds: it.faults.length === 0 })),
    quality: qualityReport(facts, projects, checks, forge),
  };
}
