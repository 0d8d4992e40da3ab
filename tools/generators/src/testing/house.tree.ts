import type { Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { trackedFiles } from '@orion/workspace';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as ts from 'typescript';
import { Refusal } from '../refusal';

/** Formatting is tried by running the generators as people do. */
process.env['NX_SKIP_FORMAT'] = 'true';

const root = resolve(__dirname, '../../../..');

/** What generators read and change. */
const READ = [
  /^libs\/contracts\/src\/.*(?<!\.test)\.ts$/,
  /^apps\/[a-z-]+\/(src\/.*\.ts|prisma\/.*)$/,
  /^apps\/[a-z-]+\/test\/support\/.*\.ts$/,
  /^(apps|libs|tools)\/.*project\.json$/,
  /^(CODEOWNERS|docs\/architecture\.md)$/,
];

const FILES = trackedFiles(root)
  .filter((path) => READ.some((it) => it.test(path)))
  .map((path) => [path, readFileSync(join(root, path), 'utf8')] as const);

/** This workspace in memory: what is done to it stays there. */
export function houseTree(): Tree {
  const tree = createTreeWithEmptyWorkspace();
  for (const [path, text] of FILES) tree.write(path, text);
  return tree;
}

/** Paths whose text a piece of work changed, or made. */
export async function changedBy(tree: Tree, work: () => Promise<unknown>): Promise<string[]> {
  const before = new Map(tree.listChanges().map((it) => [it.path, it.content?.toString()]));
  await work();
  return tree
    .listChanges()
    .filter((it) => before.get(it.path) !== it.content?.toString())
    .map((it) => it.path)
    .sort();
}

/** The sentence a piece of work is refused with; fails where it is not refused, or has changed something. */
export async function refusalOf(tree: Tree, work: () => Promise<unknown>): Promise<string> {
  let sentence: string | undefined;
  const changed = await changedBy(tree, () =>
    work().catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      sentence = error.message;
    }),
  );
  if (sentence === undefined) throw new Error('nothing was refused');
  if (changed.length > 0) throw new Error(`it was refused, but ${changed.join(', ')} changed`);
  return sentence;
}

/** What keeps the TypeScript files among these from being parsed. */
export const faultsIn = (tree: Tree, paths: readonly string[]): string[] =>
  paths
    .filter((it) => it.endsWith('.ts'))
    .flatMap((path) => {
      const { diagnostics = [] } = ts.transpileModule(tree.read(path, 'utf8') ?? '', {
        reportDiagnostics: true,
      });
      return diagnostics.map((it) => `${path}: ${ts.flattenDiagnosticMessageText(it.messageText, ' ')}`);
    });
