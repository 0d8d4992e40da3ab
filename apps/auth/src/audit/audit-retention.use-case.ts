import { Injectable } from '@nestjs/common';
import { AUDIT_RETENTION, authRecordChanged, changeOf, hasChanged } from '@orion/contracts';
import { Outbox, recordFact } from '@orion/messaging';
import type { Prisma } from '../generated/prisma/client';

type Tx = Prisma.TransactionClient;

/** For how many days an organization keeps its audit log. */
@Injectable()
export class AuditRetention {
  constructor(private readonly outbox: Outbox) {}

  async days(tx: Tx, organizationId: string): Promise<number> {
    const found = await tx.auditRetention.findUnique({ where: { organizationId } });
    return found?.days ?? AUDIT_RETENTION.usual;
  }

  async change(tx: Tx, organizationId: string, days: number): Promise<void> {
    const change = changeOf({ days: await this.days(tx, organizationId) }, { days });
    if (!hasChanged(change)) return;
    await tx.auditRetention.upsert({
      where: { organizationId },
      create: { organizationId, days },
      update: { days },
    });
    const record = { kind: 'audit-retention', id: organizationId, action: 'changed' };
    await this.outbox.publish(tx, authRecordChanged, recordFact(organizationId, record, change));
  }
}
