import type { Change, EventContract, RecordChange } from '@orion/contracts';
import type { Fact } from './envelope';

/** What `record.changed` tells of one record, such as `{ kind: 'provider', id, action: 'changed' }`. */
export const recordFact = (
  organizationId: string,
  record: { kind: string; id: string; action: string },
  change: Change,
): Fact<EventContract<typeof RecordChange>> => ({ organizationId, subject: record.id, data: record, change });
