import type { Catalogue } from '../catalogue/catalogue';
import { clauseOf, concerned } from '../compare/sentences';
import type { Assessed } from './assessment';

export interface Comment {
  /** What it was compared with, as the caller named it. */
  base: string;
  changes: readonly Assessed[];
  catalogues: readonly Catalogue[];
  /** Owners of a project's folder. */
  owners(project: string): string[];
  /** Why the changes may not be merged as they are; none where they may. */
  faults: readonly string[];
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const unique = (list: readonly string[]): string[] => [...new Set(list)];

function table(changes: readonly Assessed[], { catalogues, owners }: Comment): string[] {
  const rows = changes.map((it) => {
    const teams = unique([...it.services, ...it.consumers].flatMap(owners));
    return [clauseOf(it, catalogues), it.services.join(', '), concerned(it, it.consumers), teams.join(' ')];
  });
  return ['| change | kept by | concerns | owners |', '| --- | --- | --- | --- |', ...rows.map(rowText), ''];
}

const rowText = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

/** What a pull request changes about the contracts, as Markdown. */
export function affectedComment(comment: Comment): string {
  const { base, changes, faults } = comment;
  if (changes.length === 0 && faults.length === 0) return `### Contracts: no change since \`${base}\`\n`;
  const breaking = changes.filter((it) => it.breaking);
  const added = changes.filter((it) => !it.breaking);
  const verdict =
    faults.length === 0
      ? [
          breaking.length > 0
            ? '**Declared:** changelog and migration guide are there.'
            : '**Nobody has to act.**',
        ]
      : ['**Not yet mergeable:**', '', ...faults.map((it) => `- ${it}`)];
  return [
    `### Contracts: ${breaking.length} breaking, ${added.length} additive changes since \`${base}\``,
    '',
    ...(breaking.length > 0 ? ['**Breaking**', '', ...table(breaking, comment)] : []),
    ...(added.length > 0 ? ['**Additive**', '', ...table(added, comment)] : []),
    ...verdict,
    '',
  ].join('\n');
}
