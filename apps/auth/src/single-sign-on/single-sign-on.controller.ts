import { Controller } from '@nestjs/common';
import {
  addSignOnDomain,
  type Out,
  readSingleSignOn,
  removeSignOnDomain,
  removeSingleSignOn,
  setSingleSignOn,
  verifySignOnDomain,
} from '@orion/contracts';
import { Database } from '@orion/database';
import { type Call } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import type { PrismaClient } from '../generated/prisma/client';
import { SignOnDomains } from './sign-on-domains.use-case';
import { SignOnSettings } from './sign-on-settings.use-case';
import { toDomain } from './single-sign-on';

@Controller()
export class SingleSignOnController {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly settings: SignOnSettings,
    private readonly domains: SignOnDomains,
  ) {}

  @Implements(readSingleSignOn)
  read(@TheCall() { principal }: Call<typeof readSingleSignOn>): Promise<Out<typeof readSingleSignOn>> {
    const { organizationId } = principal;
    return this.database.tenant(organizationId, (tx) => this.settings.read(tx, organizationId));
  }

  @Implements(setSingleSignOn)
  async set(@TheCall() call: Call<typeof setSingleSignOn>): Promise<Out<typeof setSingleSignOn>> {
    const { principal, body } = call;
    const client = await this.settings.probe(principal, body);
    return this.database.execute(call, (tx) => this.settings.set(tx, principal, body, client));
  }

  @Implements(removeSingleSignOn)
  async remove(@TheCall() call: Call<typeof removeSingleSignOn>): Promise<Out<typeof removeSingleSignOn>> {
    await this.database.execute(call, (tx) => this.settings.remove(tx, call.principal));
    return undefined;
  }

  @Implements(addSignOnDomain)
  add(@TheCall() call: Call<typeof addSignOnDomain>): Promise<Out<typeof addSignOnDomain>> {
    return this.database.execute(call, async (tx) =>
      toDomain(await this.domains.add(tx, call.principal, call.body.domain)),
    );
  }

  @Implements(verifySignOnDomain)
  async verify(@TheCall() call: Call<typeof verifySignOnDomain>): Promise<Out<typeof verifySignOnDomain>> {
    return toDomain(await this.domains.verify(call.principal, call.params.id));
  }

  @Implements(removeSignOnDomain)
  async removeDomain(
    @TheCall() call: Call<typeof removeSignOnDomain>,
  ): Promise<Out<typeof removeSignOnDomain>> {
    await this.database.execute(call, (tx) => this.domains.remove(tx, call.principal, call.params.id));
    return undefined;
  }
}
