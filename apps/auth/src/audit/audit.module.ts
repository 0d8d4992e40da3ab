import { Module } from '@nestjs/common';
import { AuditAppending } from './audit-appending.repository';
import { AuditController } from './audit.controller';
import { AuditConsumer } from './audit.consumer';
import { AuditRepository } from './audit.repository';
import { AuditRetention } from './audit-retention.use-case';
import { AuditTrim } from './audit-trim.job';
import { ExportAuditLog } from './export-audit-log.use-case';

@Module({
  controllers: [AuditController],
  providers: [AuditAppending, AuditConsumer, AuditRepository, AuditRetention, AuditTrim, ExportAuditLog],
  exports: [AuditConsumer, AuditTrim],
})
export class AuditModule {}
