import type { Out, readOverview } from '@orion/contracts';

type Reply = Out<typeof readOverview>;
export type Parts = Omit<Reply, 'missing'>;
export type PartName = keyof Parts;

const HOUR_MS = 3_600_000;

/** How far back "recent" goes. */
export const RECENT_MS = 24 * HOUR_MS;

/**
 * The overview from the parts that answered; those that did not are null and named.
 */
export function overviewOf(parts: Parts): Reply {
  const missing = (['orders', 'notifications', 'webhooks', 'activity'] as const).filter(
    (it) => parts[it] === null,
  );
  return { ...parts, missing };
}

/** How many of the newest things are recent, and how many of the newest failures. */
export function recentOf(
  newest: readonly { createdAt: string }[],
  failed: readonly { createdAt: string }[],
  now: number,
): { recent: number; failed: number } {
  const recent = (it: { createdAt: string }): boolean => Date.parse(it.createdAt) > now - RECENT_MS;
  return { recent: newest.filter(recent).length, failed: failed.filter(recent).length };
}
