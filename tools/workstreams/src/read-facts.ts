import type { Project } from '@orion/workspace';
import ts from 'typescript';
import type { AppFacts } from './facts';
import type { Catalogue } from './source/catalogue';
import type { SourceFiles } from './source/named-contracts';
import { sourcesOf } from './source/project-files';
import { readSchema } from './source/schema';
import { nodes } from './source/source-file';
import { usageOf } from './source/usage';

const NETWORK = new Set(['fetch', 'XMLHttpRequest', 'EventSource', 'WebSocket']);

const reaches = (node: ts.Node): boolean =>
  (ts.isCallExpression(node) || ts.isNewExpression(node)) &&
  ts.isIdentifier(node.expression) &&
  NETWORK.has(node.expression.text);

const bypassesIn = (files: SourceFiles): string[] =>
  [...files.values()].filter(({ tree }) => [...nodes(tree)].some(reaches)).map(({ path }) => path);

/** What an app's sources say. */
export function readApp(
  root: string,
  project: Project,
  paths: readonly string[],
  catalogue: Catalogue,
): AppFacts {
  const files = sourcesOf(root, project, paths);
  const schema = readSchema(root, project, paths);
  return {
    project,
    isWeb: project.tags.includes('type:web'),
    usage: usageOf(files, catalogue),
    bypasses: bypassesIn(files),
    ...(schema ? { schema } : {}),
  };
}
