import { Controller } from '@nestjs/common';
import {
  changeAuditRetention,
  exportAuditLog,
  listAuditLog,
  type Out,
  readAuditRetention,
} from '@orion/contracts';
import { Database, pageOf } from '@orion/database';
import type { Call } from '@orion/security';
import { Implements, type StreamEvent, TheCall } from '@orion/service';
import type { PrismaClient } from '../generated/prisma/client';
import { cursorOf, positionOf } from './audit-filter.query';
import { AuditRetention } from './audit-retention.use-case';
import { AuditRepository } from './audit.repository';
import { ExportAuditLog } from './export-audit-log.use-case';

@Controller()
export class AuditController {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly log: AuditRepository,
    private readonly exporting: ExportAuditLog,
    private readonly retention: AuditRetention,
  ) {}

  @Implements(listAuditLog)
  list(@TheCall() { principal, query }: Call<typeof listAuditLog>): Promise<Out<typeof listAuditLog>> {
    const { organizationId } = principal;
    const { limit, cursor, ...filter } = query;
    const after = positionOf(cursor);
    return this.database.tenant(organizationId, async (tx) => {
      const rows = await this.log.page(tx, organizationId, filter, limit + 1, after);
      const { items, nextCursor } = pageOf(rows, query, cursorOf, (row) => row);
      return { items: await this.log.shown(tx, items), nextCursor };
    });
  }

  @Implements(exportAuditLog)
  async *export(
    @TheCall() { principal, query }: Call<typeof exportAuditLog>,
  ): AsyncGenerator<StreamEvent<string>> {
    const { format, ...filter } = query;
    for await (const data of this.exporting.run(principal.organizationId, filter, format)) yield { data };
  }

  @Implements(readAuditRetention)
  read(@TheCall() { principal }: Call<typeof readAuditRetention>): Promise<Out<typeof readAuditRetention>> {
    const { organizationId } = principal;
    return this.database.tenant(organizationId, async (tx) => ({
      days: await this.retention.days(tx, organizationId),
    }));
  }

  @Implements(changeAuditRetention)
  change(@TheCall() call: Call<typeof changeAuditRetention>): Promise<Out<typeof changeAuditRetention>> {
    const { days } = call.body;
    return this.database.execute(call, async (tx) => {
      await this.retention.change(tx, call.principal.organizationId, days);
      return { days };
    });
  }
}
