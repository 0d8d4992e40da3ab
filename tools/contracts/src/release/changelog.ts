/** The open section of the changelog, at its top. */
export interface Open {
  /** The version its heading declares; undefined for `## Unreleased`. */
  version?: string;
  /** What it says, without its heading. */
  body: string;
}

export interface Changelog {
  open?: Open;
  /** The last version released. */
  released?: string;
}

const HEADING = /^## (?:Unreleased|(\d+\.\d+\.\d+) \((unreleased|\d{4}-\d{2}-\d{2})\))[ \t]*$/gm;

interface Section {
  version?: string;
  released: boolean;
  start: number;
  bodyStart: number;
}

const sectionsOf = (text: string): Section[] =>
  [...text.matchAll(HEADING)].map((it) => ({
    ...(it[1] === undefined ? {} : { version: it[1] }),
    released: it[2] !== undefined && it[2] !== 'unreleased',
    start: it.index,
    bodyStart: it.index + it[0].length,
  }));

/** Reads `## Unreleased`, `## 2.0.0 (unreleased)` and `## 1.0.0 (2026-11-21)`. */
export function readChangelog(text: string): Changelog {
  const sections = sectionsOf(text);
  const [first] = sections;
  const released = sections.find((it) => it.released)?.version;
  const open =
    first && !first.released
      ? { ...(first.version === undefined ? {} : { version: first.version }), body: bodyOf(text, sections) }
      : undefined;
  return { ...(open ? { open } : {}), ...(released === undefined ? {} : { released }) };
}

const bodyOf = (text: string, [first, second]: readonly Section[]): string =>
  text.slice(first?.bodyStart ?? 0, second?.start ?? text.length).trim();

/**
 * The changelog with its open section made a release and an empty one above it.
 * @param date as `2026-11-21`
 */
export function closeOpen(text: string, version: string, date: string): string {
  const [first] = sectionsOf(text);
  if (!first || first.released) throw new Error('the changelog has no open section');
  return `${text.slice(0, first.start)}## Unreleased\n\n## ${version} (${date})${text.slice(first.bodyStart)}`;
}
