import type { OutboxRow } from './outbox.repository';

/** Publishes this many rows at the same time. */
export const WINDOW = 64;

/**
 * Publishes rows of different aggregates beside each other, rows of one aggregate one after another. Where a
 * row is not confirmed, later rows of its aggregate stay back.
 * @param onError told of each row that was not confirmed
 * @returns ids of the confirmed rows
 */
export async function dispatch(
  rows: OutboxRow[],
  publish: (row: OutboxRow) => Promise<void>,
  onError: (row: OutboxRow, error: unknown) => void,
): Promise<string[]> {
  const lanes = Map.groupBy(rows, (row) => `${row.organization_id} ${row.aggregate_id}`).values();
  const confirmed: string[] = [];
  const lane = async (): Promise<void> => {
    for (const queue of lanes) {
      for (const row of queue) {
        try {
          await publish(row);
        } catch (error) {
          onError(row, error);
          break;
        }
        confirmed.push(row.id);
      }
    }
  };
  await Promise.all(Array.from({ length: WINDOW }, lane));
  return confirmed;
}
