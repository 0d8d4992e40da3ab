import { Injectable } from '@nestjs/common';
import { EVENTS, type FullEnvelope } from '@orion/contracts';
import type { StatementTx } from '@orion/database';
import type { GroupConsumer } from '@orion/messaging';
import { AuditAppending } from './audit-appending.repository';

/** Writes every event of every service into the audit log of its organization. */
@Injectable()
export class AuditConsumer implements GroupConsumer {
  readonly name = 'auth.audit';
  readonly events = EVENTS;
  readonly provenance = true;

  constructor(private readonly log: AuditAppending) {}

  handleTogether(tx: StatementTx, organizationId: string, events: readonly FullEnvelope[]): Promise<void> {
    return this.log.append(tx, organizationId, events);
  }
}
