import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Project } from '@orion/workspace';
import ts from 'typescript';
import type { SourceFiles } from './named-contracts';
import { nodes, sourceFile } from './source-file';

const isCode = (path: string): boolean => /\.tsx?$/.test(path) && !path.endsWith('.d.ts');
const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path);
/** Journeys are the code of their project, and hold its tests. */
const holdsTests = (path: string): boolean => /\.(test|e2e)\.tsx?$/.test(path);

/** Files by the project they belong to: the one with the longest folder above them. */
export function filesByProject(
  paths: readonly string[],
  projects: readonly Project[],
): ReadonlyMap<Project, string[]> {
  const deepest = [...projects].sort((one, other) => other.root.length - one.root.length);
  const files = new Map(projects.map((project) => [project, [] as string[]]));
  for (const path of paths) {
    const owner = deepest.find(({ root }) => path.startsWith(`${root}/`));
    if (owner) files.get(owner)?.push(path);
  }
  return files;
}

const read = (root: string, paths: readonly string[]): SourceFiles =>
  new Map(paths.map((path) => [path, sourceFile(path, readFileSync(join(root, path), 'utf8'))]));

/** A project's own code below `src`, without tests. */
export const sourcesOf = (root: string, project: Project, paths: readonly string[]): SourceFiles =>
  read(
    root,
    paths.filter((path) => path.startsWith(`${project.root}/src/`) && isCode(path) && !isTest(path)),
  );

/** `it(…)`, `test(…)` and their tables, `it.each(…)(…)`, each counted once. */
function isDeclaredTest(node: ts.Node): boolean {
  if (!ts.isCallExpression(node)) return false;
  const { expression: called } = node;
  const table = ts.isCallExpression(called) ? called.expression : called;
  const name = ts.isPropertyAccessExpression(table) ? table.expression : table;
  const isEach = ts.isPropertyAccessExpression(table) && table.name.text === 'each';
  if (!ts.isIdentifier(name) || !/^(it|test)$/.test(name.text)) return false;
  return ts.isCallExpression(called) ? isEach : ts.isIdentifier(called);
}

/** How many tests a project declares. */
export function countTests(root: string, paths: readonly string[]): number {
  const files = read(root, paths.filter(holdsTests));
  return [...files.values()].reduce(
    (sum, { tree }) => sum + [...nodes(tree)].filter(isDeclaredTest).length,
    0,
  );
}
