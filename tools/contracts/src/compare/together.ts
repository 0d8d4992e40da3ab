import type { Change, Single } from './change';

const union = (lists: string[][]): string[] => [...new Set(lists.flat())].sort();

function one(group: readonly Single[]): Change[] {
  const [first] = group;
  if (!first) return [];
  const { alike, ...change } = first;
  if (!alike || group.length === 1) return [change];
  return [
    {
      ...change,
      entries: union(group.map((it) => it.entries)),
      text: alike.text,
      exports: union(group.map((it) => it.exports)),
      services: union(group.map((it) => it.services)),
      webhooks: union(group.map((it) => it.webhooks)),
    },
  ];
}

/** Puts together what is one change in several entries; the rest stays by itself. */
export function together(changes: readonly Single[]): Change[] {
  const groups = Map.groupBy(changes, (it) => it.alike?.key ?? it);
  return [...groups.values()].flatMap(one);
}
