import { Controller } from '@nestjs/common';
import {
  changeBusinessUnit,
  createBusinessUnit,
  listBusinessUnits,
  listHolidays,
  type Out,
  readBusinessUnit,
} from '@orion/contracts';
import { byId, Database, idPage, pageOf } from '@orion/database';
import { type Call } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import { v7 } from 'uuid';
import { type PrismaClient } from '../generated/prisma/client';
import { lockRow } from '../shared/lock.query';
import { Records } from '../shared/records.publisher';
import { readUnit, unitRecord, unitReply } from './business-unit.repository';
import { checkSettings } from './check-settings';
import { namedClosedDays } from './closed-days';

@Controller()
export class BusinessUnitController {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly records: Records,
  ) {}

  @Implements(createBusinessUnit)
  create(@TheCall() call: Call<typeof createBusinessUnit>): Promise<Out<typeof createBusinessUnit>> {
    const { organizationId } = call.principal;
    checkSettings(call.body);
    return this.database.execute(call, async (tx) => {
      const row = await tx.businessUnit.create({ data: { ...call.body, id: v7(), organizationId } });
      const unit = unitReply(unitRecord(row));
      await this.records.tell(tx, organizationId, 'business-unit', null, unit);
      return unit;
    });
  }

  @Implements(listBusinessUnits)
  list(
    @TheCall() { principal, query }: Call<typeof listBusinessUnits>,
  ): Promise<Out<typeof listBusinessUnits>> {
    const { organizationId } = principal;
    const { take, before } = idPage(query);
    return this.database.tenant(organizationId, async (tx) => {
      const where = { organizationId, ...(before && { id: { lt: before } }) };
      const rows = await tx.businessUnit.findMany({ where, orderBy: { id: 'desc' }, take });
      return pageOf(rows.map(unitRecord), query, byId, unitReply);
    });
  }

  @Implements(readBusinessUnit)
  read(
    @TheCall() { principal, params }: Call<typeof readBusinessUnit>,
  ): Promise<Out<typeof readBusinessUnit>> {
    const { organizationId } = principal;
    return this.database.tenant(organizationId, async (tx) =>
      unitReply(await readUnit(tx, organizationId, params.id)),
    );
  }

  @Implements(changeBusinessUnit)
  change(@TheCall() call: Call<typeof changeBusinessUnit>): Promise<Out<typeof changeBusinessUnit>> {
    const { organizationId } = call.principal;
    return this.database.execute(call, async (tx) => {
      const { id } = call.params;
      await lockRow(tx, 'business_unit', organizationId, id);
      const before = await readUnit(tx, organizationId, id);
      checkSettings({ ...before, ...call.body });
      const row = await tx.businessUnit.update({
        where: { organizationId_id: { organizationId, id } },
        data: { ...call.body, version: { increment: 1 } },
      });
      const unit = unitReply(unitRecord(row));
      await this.records.tell(tx, organizationId, 'business-unit', unitReply(before), unit);
      return unit;
    });
  }

  @Implements(listHolidays)
  holidays(
    @TheCall() { principal, params, query }: Call<typeof listHolidays>,
  ): Promise<Out<typeof listHolidays>> {
    const { organizationId } = principal;
    return this.database.tenant(organizationId, async (tx) => {
      const unit = await readUnit(tx, organizationId, params.id);
      return { items: namedClosedDays(unit, query.year) };
    });
  }
}
