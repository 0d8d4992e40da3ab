import type { Change, Finding } from './change';

type Raw = Change & Pick<Finding, 'within'>;

const union = (lists: string[][]): string[] => [...new Set(lists.flat())].sort();

/** A change of a named schema is one change, in however many entries the schema stands. */
export function together(changes: readonly Raw[]): Change[] {
  const groups = new Map<string, Raw[]>();
  for (const [i, it] of changes.entries()) {
    const key = it.within ? `${it.within.schema} ${it.within.key}` : `alone ${i}`;
    groups.set(key, [...(groups.get(key) ?? []), it]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { within, ...change } = first;
    if (!within || group.length === 1) return [change];
    return [
      {
        ...change,
        entries: union(group.map((it) => it.entries)),
        text: within.text,
        schema: within.schema,
        exports: union(group.map((it) => it.exports)),
        services: union(group.map((it) => it.services)),
        webhooks: union(group.map((it) => it.webhooks)),
      },
    ];
  });
}
