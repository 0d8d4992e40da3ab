import type { Change, recordChanged } from '@orion/contracts';
import type { Fact } from './envelope';

/** What `recordChanged` tells of one record, such as `{ kind: 'provider', id, action: 'changed' }`. */
export const recordFact = (
  organizationId: string,
  record: { kind: string; id: string; action: string },
  change: Change,
): Fact<ReturnType<typeof recordChanged>> => ({ organizationId, subject: record.id, data: record, change });
