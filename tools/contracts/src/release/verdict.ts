import type { Change } from '../compare/change';
import { spoken } from '../compare/words';
import type { Changelog } from './changelog';
import { next, stepFor } from './version';

export const CHANGELOG = 'libs/contracts/CHANGELOG.md';
export const guideOf = (version: string): string => `docs/migrations/${version}.md`;

export interface Declared {
  /** The version last released. */
  version: string;
  changelog: Changelog;
  /** The text of the migration guide of the next major version, if there is one. */
  guide?: string;
}

function changelogFaults({ version, changelog }: Declared): string[] {
  const { open, released } = changelog;
  const wrong = `${CHANGELOG} must begin with "## Unreleased" or "## ${next(version, 'minor')} (unreleased)"`;
  return [
    ...(open ? [] : [`${wrong}: put that heading above ${released ?? 'the first version'}.`]),
    ...(released === version
      ? []
      : [
          `${CHANGELOG} ends with ${released ?? 'no version'}, but ${version} was released last: correct its heading.`,
        ]),
  ];
}

function guideFaults(version: string, guide: string | undefined, affected: readonly string[]): string[] {
  const file = guideOf(version);
  if (guide === undefined)
    return [
      `Contracts ${version} has no migration guide: copy docs/migrations/template.md to ${file} and fill it in.`,
    ];
  const unnamed = affected.filter((app) => !new RegExp(`(^|[^\\w-])${app}($|[^\\w-])`, 'm').test(guide));
  return [
    ...(/\bTODO\b/.test(guide) ? [`${file} still holds a TODO of the template: fill it in.`] : []),
    ...(unnamed.length > 0
      ? [`${file} does not name ${spoken(unnamed)}: say there what changes for them.`]
      : []),
  ];
}

/** Whether the changelog declares the major step that a breaking change needs. */
export const declaresMajor = ({ version, changelog }: Pick<Declared, 'version' | 'changelog'>): boolean =>
  changelog.open?.version === next(version, 'major');

/**
 * What stands in the way of the changes as declared, beside the breaking ones that no major step covers.
 * @param affected apps that a breaking change touches
 */
export function declarationFaults(
  changes: readonly Change[],
  declared: Declared,
  affected: readonly string[],
): string[] {
  const { version, changelog, guide } = declared;
  const { open } = changelog;
  const fitting = next(version, stepFor(changes));
  const wrong = open?.version !== undefined && open.version !== fitting && changes.length > 0;
  const major = stepFor(changes) === 'major' && declaresMajor(declared);
  return [
    ...changelogFaults(declared),
    ...(wrong
      ? [
          `${CHANGELOG} declares ${open.version}, but the next version after ${version} is ${fitting}: correct its heading.`,
        ]
      : []),
    ...(major && open?.body === ''
      ? [`${CHANGELOG} says nothing under ${fitting}: write what changes and why.`]
      : []),
    ...(major ? guideFaults(fitting, guide, affected) : []),
  ];
}
