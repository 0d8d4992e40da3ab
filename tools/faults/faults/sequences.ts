import { queryRows } from '@orion/access';
import type { Ground } from './ground';

/** Changes of one thing whose events are not numbered 1, 2, 3, … up to the thing's version. */
const NUMBERED_WRONG = `
  SELECT count(*)::int AS n FROM (
    SELECT o.aggregate_id FROM platform.outbox o LEFT JOIN thing t ON t.id::text = o.aggregate_id
     GROUP BY o.aggregate_id
    HAVING min(o.sequence) <> 1 OR max(o.sequence) <> count(*) OR max(o.sequence) IS DISTINCT FROM max(t.version)) wrong`;

/** Effects that were not taken in the order of their thing's events. */
const TAKEN_WRONG = `
  SELECT count(*)::int AS n FROM (
    SELECT sequence, row_number() OVER (PARTITION BY subject ORDER BY position) AS turn FROM effect) taken
   WHERE sequence <> turn`;

const counted = async (url: string, text: string): Promise<number> =>
  Number((await queryRows(url, text))[0]?.['n']);

/** What is wrong with sequences and order; empty where each thing's events are without gaps and came in order. */
export async function sequenceFaults({ producer, consumer }: Ground): Promise<string[]> {
  const numbered = await counted(producer.auditUrl, NUMBERED_WRONG);
  const taken = await counted(consumer.auditUrl, TAKEN_WRONG);
  return [
    ...(numbered > 0 ? [`${numbered} things whose events have gaps`] : []),
    ...(taken > 0 ? [`${taken} effects out of order`] : []),
  ];
}
