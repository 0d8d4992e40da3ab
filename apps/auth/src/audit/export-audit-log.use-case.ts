import { Injectable } from '@nestjs/common';
import { authRecordChanged, changeOf } from '@orion/contracts';
import { Database } from '@orion/database';
import { Outbox, recordFact } from '@orion/messaging';
import type { PrismaClient } from '../generated/prisma/client';
import { type AuditFormat, fileHead, fileLines } from './audit-file';
import type { AuditFilter, AuditPosition } from './audit-filter.query';
import { AuditRepository, type AuditShown } from './audit.repository';

/** Entries that are in memory at the same time. */
const PAGE = 500;

@Injectable()
export class ExportAuditLog {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly log: AuditRepository,
    private readonly outbox: Outbox,
  ) {}

  /**
   * The pieces of the file, newest entries first. A piece is read when it is taken, in a transaction of its own, so a
   * slow reader holds neither memory nor a connection.
   */
  async *run(organizationId: string, filter: AuditFilter, format: AuditFormat): AsyncGenerator<string> {
    await this.tell(organizationId, filter, format);
    const head = fileHead(format);
    if (head !== '') yield head;
    let after: AuditPosition | undefined;
    do {
      const page = await this.page(organizationId, filter, after);
      if (page.entries.length > 0) yield fileLines(format, page.entries);
      after = page.last;
    } while (after);
  }

  private page(
    organizationId: string,
    filter: AuditFilter,
    after: AuditPosition | undefined,
  ): Promise<{ entries: AuditShown[]; last: AuditPosition | undefined }> {
    return this.database.tenant(organizationId, async (tx) => {
      const rows = await this.log.page(tx, organizationId, filter, PAGE, after);
      const last = rows.length === PAGE ? rows.at(-1) : undefined;
      return { entries: await this.log.shown(tx, rows), last: last && { at: last.at, id: last.id } };
    });
  }

  private async tell(organizationId: string, filter: AuditFilter, format: AuditFormat): Promise<void> {
    const record = { kind: 'audit-log', id: organizationId, action: 'exported' };
    await this.database.tenant(organizationId, (tx) =>
      this.outbox.publish(
        tx,
        authRecordChanged,
        recordFact(organizationId, record, changeOf(null, { format, ...filter })),
      ),
    );
  }
}
