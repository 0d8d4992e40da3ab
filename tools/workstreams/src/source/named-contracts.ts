import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import type { Catalogue, Contract } from './catalogue';
import { nodes, type SourceFile } from './source-file';

export const CONTRACTS = '@orion/contracts';

export type SourceFiles = ReadonlyMap<string, SourceFile>;

/** Finds which contracts an expression names: by itself, or through constants of this file and of neighbours. */
export class NamedContracts {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly files: SourceFiles,
  ) {}

  in(expression: ts.Node, file: SourceFile): Contract[] {
    return [...new Set(this.search(expression, file, new Set()))];
  }

  private search(expression: ts.Node, file: SourceFile, seen: Set<ts.Node>): Contract[] {
    if (seen.has(expression)) return [];
    seen.add(expression);
    return [...nodes(expression)].filter(ts.isIdentifier).flatMap((it) => this.behind(it.text, file, seen));
  }

  private behind(name: string, file: SourceFile, seen: Set<ts.Node>): Contract[] {
    const own = file.constants.get(name);
    if (own) return this.search(own, file, seen);
    const imported = file.imports.get(name);
    if (!imported) return [];
    if (imported.from === CONTRACTS) return [...(this.catalogue.exported.get(imported.name) ?? [])];
    const neighbour = this.neighbour(file, imported.from);
    const value = neighbour?.constants.get(imported.name);
    return neighbour && value ? this.search(value, neighbour, seen) : [];
  }

  private neighbour({ path }: SourceFile, from: string): SourceFile | undefined {
    if (!from.startsWith('.')) return undefined;
    const base = normalize(join(dirname(path), from));
    const found = [`${base}.ts`, `${base}.tsx`, `${base}/index.ts`].find((it) => this.files.has(it));
    return found === undefined ? undefined : this.files.get(found);
  }
}
