import type { Tree } from '@nx/devkit';

/** The text of a file that has to be there. */
export function read(tree: Tree, path: string): string {
  const text = tree.read(path, 'utf8');
  if (text === null) throw new Error(`${path} is missing`);
  return text;
}

/** Rewrites a file that has to be there. */
export function edit(tree: Tree, path: string, change: (text: string) => string): void {
  const before = read(tree, path);
  const after = change(before);
  if (after !== before) tree.write(path, after);
}

/** Paths of all files below a folder, in the order of their names. */
export function filesIn(tree: Tree, folder: string): string[] {
  if (!tree.exists(folder)) return [];
  return tree
    .children(folder)
    .sort()
    .map((name) => `${folder}/${name}`)
    .flatMap((path) => (tree.isFile(path) ? [path] : filesIn(tree, path)));
}
