import { Injectable } from '@nestjs/common';
import { Database, type PeriodicJob } from '@orion/database';
import { Log } from '@orion/logger';
import type { PrismaClient } from '../generated/prisma/client';
import { OrganizationChanges } from './organization-changes.service';
import { OrganizationRepository } from './organization.repository';

/** Erases deleted organizations whose time to be restored is over, one at a time, and lets other services do the same. */
@Injectable()
export class OrganizationErasure implements PeriodicJob {
  readonly name = 'user.organization-erasure';
  readonly everyMs = 600_000;
  readonly leased = true;

  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly organizations: OrganizationRepository,
    private readonly changes: OrganizationChanges,
    private readonly log: Log,
  ) {}

  async run(): Promise<boolean> {
    const id = await this.database.worker((tx) => this.organizations.due(tx));
    if (id === null) return false;
    const erased = await this.database.tenant(id, async (tx) => {
      await this.organizations.lock(tx, id);
      if (!(await this.organizations.isDue(tx, id))) return false;
      await this.organizations.erase(tx, id);
      await this.changes.tellErased(tx, id);
      return true;
    });
    if (erased) this.log.info('organization_erase_succeeded', { organizationId: id });
    return true;
  }
}
