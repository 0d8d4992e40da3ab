import type { Change } from '../compare/change';

export interface Project {
  name: string;
  /** Folder, from the root of the workspace. */
  root: string;
  tags: string[];
  /** Projects it stands on. */
  standsOn: string[];
}

/** Names of `@orion/contracts` that production code of a project uses. */
export type Uses = ReadonlyMap<string, ReadonlySet<string>>;

const LIBRARIES = ['type:contracts', 'type:client', 'type:platform', 'type:testing'];

const isLibrary = ({ tags }: Project): boolean => tags.some((it) => LIBRARIES.includes(it));

/** Everything that stands on a project, directly or through others. */
function standingOn(name: string, projects: readonly Project[]): Project[] {
  const reached = new Set([name]);
  for (let before = 0; before !== reached.size;) {
    before = reached.size;
    for (const it of projects) if (it.standsOn.some((on) => reached.has(on))) reached.add(it.name);
  }
  return projects.filter((it) => it.name !== name && reached.has(it.name));
}

/**
 * Who hears of an event without naming it: consumers of all events, and webhooks of all public ones. What walks
 * over all endpoints (the gateway's routing) follows every change by itself and is not counted.
 */
const walks = (change: Change): string[] => [
  ...(change.subject === 'event' ? ['EVENTS'] : []),
  ...(change.webhooks.length > 0 ? ['WEBHOOK_EVENTS'] : []),
];

/** The apps and tools that use what a change touches; a library's use is that of everything that stands on it. */
export function consumersOf(change: Change, projects: readonly Project[], uses: Uses): string[] {
  const names = [...change.exports, ...walks(change)];
  const users = projects.filter((it) => names.some((name) => uses.get(it.name)?.has(name)));
  const apps = users.flatMap((it) => (isLibrary(it) ? standingOn(it.name, projects) : [it]));
  return [...new Set(apps.filter((it) => !isLibrary(it)).map((it) => it.name))]
    .filter((it) => !change.services.includes(it))
    .sort();
}
