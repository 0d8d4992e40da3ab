import { Injectable } from '@nestjs/common';
import { changeOf, type Fields, hasChanged, schedulingRecordChanged } from '@orion/contracts';
import { Outbox, recordFact } from '@orion/messaging';
import type { Tx } from './tx.types';

type Told = Fields & { readonly id: string; readonly version: number; readonly createdAt: string };

/** What the audit log is told: not what every change changes, nor free attributes, whose names anybody chooses. */
export const audited = ({ version: _, createdAt: __, attributes: ___, ...fields }: Told): Fields => fields;

/** Tells the audit log of records whose changes are no events of their own. */
@Injectable()
export class Records {
  constructor(private readonly outbox: Outbox) {}

  /** @param before null for a new one */
  async tell(tx: Tx, organizationId: string, kind: string, before: Told | null, after: Told): Promise<void> {
    const change = changeOf(before && audited(before), audited(after));
    if (!hasChanged(change)) return;
    const record = { kind, id: after.id, action: before ? 'changed' : 'created' };
    await this.outbox.publish(tx, schedulingRecordChanged, recordFact(organizationId, record, change));
  }
}
