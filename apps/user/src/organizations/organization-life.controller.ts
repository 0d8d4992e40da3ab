import { Controller } from '@nestjs/common';
import {
  changeOrganization,
  deleteOrganization,
  leaveOrganization,
  type Out,
  restoreOrganization,
  transferOrganization,
} from '@orion/contracts';
import { Database } from '@orion/database';
import { type Call } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import type { PrismaClient } from '../generated/prisma/client';
import { EndMembership } from '../memberships/end-membership.use-case';
import { ChangeOrganization } from './change-organization.use-case';
import { DeleteOrganization } from './delete-organization.use-case';
import { toOrganization } from './organization';
import { ownOrganization } from './own-organization';
import { TransferOrganization } from './transfer-organization.use-case';

@Controller()
export class OrganizationLifeController {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly changing: ChangeOrganization,
    private readonly transferring: TransferOrganization,
    private readonly deleting: DeleteOrganization,
    private readonly ending: EndMembership,
  ) {}

  @Implements(changeOrganization)
  async change(@TheCall() call: Call<typeof changeOrganization>): Promise<Out<typeof changeOrganization>> {
    ownOrganization(call.principal, call.params.id);
    return this.database.execute(call, async (tx) =>
      toOrganization(await this.changing.run(tx, call.principal, call.body)),
    );
  }

  @Implements(leaveOrganization)
  async leave(@TheCall() call: Call<typeof leaveOrganization>): Promise<Out<typeof leaveOrganization>> {
    ownOrganization(call.principal, call.params.id);
    await this.database.execute(call, (tx) => this.ending.leave(tx, call.principal));
    return undefined;
  }

  @Implements(transferOrganization)
  async transfer(
    @TheCall() call: Call<typeof transferOrganization>,
  ): Promise<Out<typeof transferOrganization>> {
    ownOrganization(call.principal, call.params.id);
    return this.database.execute(call, async (tx) =>
      toOrganization(await this.transferring.run(tx, call.principal, call.body.userId)),
    );
  }

  @Implements(deleteOrganization)
  async delete(@TheCall() call: Call<typeof deleteOrganization>): Promise<Out<typeof deleteOrganization>> {
    ownOrganization(call.principal, call.params.id);
    return this.database.execute(call, async (tx) =>
      toOrganization(await this.deleting.run(tx, call.principal)),
    );
  }

  @Implements(restoreOrganization)
  async restore(@TheCall() call: Call<typeof restoreOrganization>): Promise<Out<typeof restoreOrganization>> {
    ownOrganization(call.principal, call.params.id);
    return this.database.execute(call, async (tx) =>
      toOrganization(await this.deleting.restore(tx, call.principal)),
    );
  }
}
