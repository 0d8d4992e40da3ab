import { z } from 'zod';

const Start = z.iso.datetime({ offset: true });
const Alternative = z.union([z.object({ startsAt: Start }), Start.transform((startsAt) => ({ startsAt }))]);
export type Alternative = z.output<typeof Alternative>;

/** The free starts a conflict (409) names instead, at most five. */
export function alternativesOf(problem: Record<string, unknown>): Alternative[] {
  const { alternatives } = problem;
  if (!Array.isArray(alternatives)) return [];
  return alternatives.flatMap((it) => Alternative.safeParse(it).data ?? []).slice(0, 5);
}
