import type { Permission } from '@orion/contracts';

/** What both grant, sorted; never the right to act for others, so that nobody acts for somebody through somebody else. */
export const inCommon = (one: readonly Permission[], other: readonly Permission[]): Permission[] =>
  one.filter((it) => it !== 'member.impersonate' && other.includes(it)).toSorted();
