import { Controller } from '@nestjs/common';
import {
  changeCustomer,
  changeOf,
  createCustomer,
  customerCreated,
  listCustomers,
  type Out,
  readCustomer,
} from '@orion/contracts';
import { byId, Database, idPage, pageOf } from '@orion/database';
import { Outbox } from '@orion/messaging';
import { type Call } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import { v7 } from 'uuid';
import { type PrismaClient } from '../generated/prisma/client';
import { addressColumns } from '../shared/address';
import { found } from '../shared/found';
import { lockRow } from '../shared/lock.query';
import { audited, Records } from '../shared/records.publisher';
import { customerReply } from './customer.mapper';

@Controller()
export class CustomerController {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly outbox: Outbox,
    private readonly records: Records,
  ) {}

  @Implements(createCustomer)
  create(@TheCall() call: Call<typeof createCustomer>): Promise<Out<typeof createCustomer>> {
    const { organizationId } = call.principal;
    const { address, ...rest } = call.body;
    return this.database.execute(call, async (tx) => {
      const row = await tx.customer.create({
        data: { ...rest, ...addressColumns(address), id: v7(), organizationId },
      });
      const data = { customerId: row.id, name: row.name, externalId: row.externalId };
      const customer = customerReply(row);
      const change = changeOf(null, audited(customer));
      await this.outbox.publish(tx, customerCreated, { organizationId, subject: row.id, data, change });
      return customer;
    });
  }

  @Implements(listCustomers)
  list(@TheCall() { principal, query }: Call<typeof listCustomers>): Promise<Out<typeof listCustomers>> {
    const { organizationId } = principal;
    const { take, before } = idPage(query);
    return this.database.tenant(organizationId, async (tx) => {
      const where = { organizationId, externalId: query.externalId, ...(before && { id: { lt: before } }) };
      const rows = await tx.customer.findMany({ where, orderBy: { id: 'desc' }, take });
      return pageOf(rows, query, byId, customerReply);
    });
  }

  @Implements(readCustomer)
  read(@TheCall() { principal, params }: Call<typeof readCustomer>): Promise<Out<typeof readCustomer>> {
    const key = { organizationId: principal.organizationId, id: params.id };
    return this.database.tenant(key.organizationId, async (tx) =>
      customerReply(found(await tx.customer.findUnique({ where: { organizationId_id: key } }))),
    );
  }

  @Implements(changeCustomer)
  change(@TheCall() call: Call<typeof changeCustomer>): Promise<Out<typeof changeCustomer>> {
    const { organizationId } = call.principal;
    const { address, ...rest } = call.body;
    const { id } = call.params;
    return this.database.execute(call, async (tx) => {
      await lockRow(tx, 'customer', organizationId, id);
      const where = { organizationId_id: { organizationId, id } };
      const before = found(await tx.customer.findUnique({ where }));
      const row = await tx.customer.update({
        where,
        data: { ...rest, ...(address && addressColumns(address)), version: { increment: 1 } },
      });
      if (rest.name !== undefined) {
        await tx.serviceOrder.updateMany({
          where: { organizationId, customerId: id, customerName: { not: row.name } },
          data: { customerName: row.name },
        });
      }
      const customer = customerReply(row);
      await this.records.tell(tx, organizationId, 'customer', customerReply(before), customer);
      return customer;
    });
  }
}
