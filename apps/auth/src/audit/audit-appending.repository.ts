import { Injectable } from '@nestjs/common';
import type { FullEnvelope } from '@orion/contracts';
import { Database, type StatementTx } from '@orion/database';
import { auditLine } from './audit-line';

/** By the event's id each is written once, also when the inbox has forgotten it. */
const APPEND = {
  name: 'audit_append',
  text: `
  INSERT INTO audit_entry
    (organization_id, id, at, action, resource_kind, resource_id, actor_id, impersonator_id, api_key_id, address,
     user_agent, correlation_id, causation_id, before, after)
  SELECT $1::uuid, id, at, action, kind, resource_id, actor_id, impersonator_id, api_key_id, address, user_agent,
         correlation_id, causation_id, nullif(change::jsonb -> 'before', 'null'), nullif(change::jsonb -> 'after', 'null')
    FROM unnest($2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::uuid[], $9::uuid[],
                $10::text[], $11::text[], $12::text[], $13::text[], $14::text[])
      AS line (id, at, action, kind, resource_id, actor_id, impersonator_id, api_key_id, address, user_agent,
               correlation_id, causation_id, change)
  ON CONFLICT DO NOTHING`,
};

@Injectable()
export class AuditAppending {
  constructor(private readonly database: Database) {}

  /** With one statement, however many there are. */
  async append(tx: StatementTx, organizationId: string, events: readonly FullEnvelope[]): Promise<void> {
    const lines = events.map((it) => auditLine(it));
    const column = (value: (event: FullEnvelope) => string | undefined) =>
      events.map((it) => value(it) ?? null);
    await this.database.statement(tx, APPEND, [
      organizationId,
      column(({ id }) => id),
      column(({ time }) => time),
      lines.map(({ action }) => action),
      lines.map(({ resourceKind }) => resourceKind),
      lines.map(({ resourceId }) => resourceId),
      column(({ actorid }) => actorid),
      column(({ impersonatorid }) => impersonatorid),
      column(({ apikeyid }) => apikeyid),
      column(({ clientaddress }) => clientaddress),
      column(({ clientagent }) => clientagent),
      column(({ correlationid }) => correlationid),
      column(({ causationid }) => causationid),
      column(({ change }) => change),
    ]);
  }
}
