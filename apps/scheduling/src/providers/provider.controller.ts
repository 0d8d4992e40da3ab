import { Controller } from '@nestjs/common';
import { changeProvider, createProvider, listProviders, type Out, readProvider } from '@orion/contracts';
import { byId, Database, idPage, pageOf } from '@orion/database';
import { type Call } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import { v7 } from 'uuid';
import { type PrismaClient } from '../generated/prisma/client';
import { found } from '../shared/found';
import { lockRow } from '../shared/lock.query';
import { Records } from '../shared/records.publisher';
import { providerReply } from './provider.mapper';

@Controller()
export class ProviderController {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly records: Records,
  ) {}

  @Implements(createProvider)
  create(@TheCall() call: Call<typeof createProvider>): Promise<Out<typeof createProvider>> {
    const { organizationId } = call.principal;
    return this.database.execute(call, async (tx) => {
      const row = await tx.provider.create({ data: { ...call.body, id: v7(), organizationId } });
      const provider = providerReply(row);
      await this.records.tell(tx, organizationId, 'provider', null, provider);
      return provider;
    });
  }

  @Implements(listProviders)
  list(@TheCall() { principal, query }: Call<typeof listProviders>): Promise<Out<typeof listProviders>> {
    const { organizationId } = principal;
    const { take, before } = idPage(query);
    return this.database.tenant(organizationId, async (tx) => {
      const where = { organizationId, externalId: query.externalId, ...(before && { id: { lt: before } }) };
      const rows = await tx.provider.findMany({ where, orderBy: { id: 'desc' }, take });
      return pageOf(rows, query, byId, providerReply);
    });
  }

  @Implements(readProvider)
  read(@TheCall() { principal, params }: Call<typeof readProvider>): Promise<Out<typeof readProvider>> {
    const key = { organizationId: principal.organizationId, id: params.id };
    return this.database.tenant(key.organizationId, async (tx) =>
      providerReply(found(await tx.provider.findUnique({ where: { organizationId_id: key } }))),
    );
  }

  @Implements(changeProvider)
  change(@TheCall() call: Call<typeof changeProvider>): Promise<Out<typeof changeProvider>> {
    const key = { organizationId: call.principal.organizationId, id: call.params.id };
    const where = { organizationId_id: key };
    return this.database.execute(call, async (tx) => {
      await lockRow(tx, 'provider', key.organizationId, key.id);
      const before = found(await tx.provider.findUnique({ where }));
      const row = await tx.provider.update({ where, data: { ...call.body, version: { increment: 1 } } });
      const provider = providerReply(row);
      await this.records.tell(tx, key.organizationId, 'provider', providerReply(before), provider);
      return provider;
    });
  }
}
