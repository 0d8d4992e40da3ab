import type { Catalogue } from '../catalogue/catalogue';
import { clauseOf, concerned } from '../compare/sentences';
import { spoken } from '../compare/words';
import { CHANGELOG, guideOf } from '../release/verdict';
import { affectedBy, type Assessed, type Verdict } from './assessment';

export interface Comment {
  /** What it was compared with, as the caller named it. */
  base: string;
  changes: readonly Assessed[];
  catalogues: readonly Catalogue[];
  /** Owners of a project's folder. */
  owners(project: string): string[];
  /** Of today's contracts against the last release. */
  verdict: Pick<Verdict, 'undeclared' | 'faults'>;
  /** The version the next breaking change takes. */
  major: string;
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const rowText = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

function table(title: string, changes: readonly Assessed[], { catalogues, owners }: Comment): string[] {
  if (changes.length === 0) return [];
  const rows = changes.map((it) => {
    const teams = new Set([...it.services, ...it.consumers].flatMap(owners));
    return [
      clauseOf(it, catalogues),
      it.services.join(', '),
      concerned(it, it.consumers),
      [...teams].join(' '),
    ];
  });
  const head = ['| change | kept by | concerns | owners |', '| --- | --- | --- | --- |'];
  return [`**${title}**`, '', ...head, ...rows.map(rowText), ''];
}

function verdictOf({ changes, verdict: { undeclared, faults }, major }: Comment): string[] {
  const step =
    `Make the breaking changes beside what is there, or take the step to ${major}: head ${CHANGELOG} with ` +
    `"## ${major} (unreleased)" and say in ${guideOf(major)} what ${spoken(affectedBy(undeclared))} have to do ` +
    '(docs/guides/change-a-contract.md).';
  const todo = [...(undeclared.length > 0 ? [step] : []), ...faults];
  if (todo.length > 0) return ['**Not to be merged yet**', '', ...todo.map((it) => `- ${it}`)];
  return [
    changes.some((it) => it.breaking)
      ? 'The step these need is declared, and its migration guide names everybody concerned.'
      : 'Nobody has to act.',
  ];
}

/** What a pull request changes about the contracts, as Markdown. */
export function affectedComment(comment: Comment): string {
  const { base, changes } = comment;
  const breaking = changes.filter((it) => it.breaking);
  const added = changes.filter((it) => !it.breaking);
  const heading =
    changes.length === 0
      ? `### Contracts: no change since \`${base}\``
      : `### Contracts: ${breaking.length} breaking, ${added.length} additive since \`${base}\``;
  return [
    heading,
    '',
    ...table('Breaking', breaking, comment),
    ...table('Additive', added, comment),
    ...verdictOf(comment),
    '',
  ].join('\n');
}
