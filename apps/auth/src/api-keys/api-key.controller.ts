import { Controller } from '@nestjs/common';
import { createApiKey, listApiKeys, type Out, revokeApiKey, rotateApiKey } from '@orion/contracts';
import { byId, Database, idPage, pageOf } from '@orion/database';
import { type Call, type Principal } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import type { PrismaClient } from '../generated/prisma/client';
import { toApiKey } from './api-key';
import { ApiKeyRepository } from './api-key.repository';
import { CreateApiKey, type Issued } from './create-api-key.use-case';
import { RevokeApiKey } from './revoke-api-key.use-case';
import { RotateApiKey } from './rotate-api-key.use-case';

@Controller()
export class ApiKeyController {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly keys: ApiKeyRepository,
    private readonly creating: CreateApiKey,
    private readonly rotating: RotateApiKey,
    private readonly revoking: RevokeApiKey,
  ) {}

  @Implements(listApiKeys)
  async list(@TheCall() { principal, query }: Call<typeof listApiKeys>): Promise<Out<typeof listApiKeys>> {
    const { organizationId } = principal;
    const { take, before } = idPage(query);
    const owner = shownTo(principal, query.owner);
    if (owner === 'nobody') return { items: [], nextCursor: null };
    const rows = await this.database.tenant(organizationId, (tx) =>
      this.keys.page(tx, organizationId, take, { before, owner }),
    );
    return pageOf(rows, query, byId, toApiKey);
  }

  @Implements(createApiKey)
  create(@TheCall() call: Call<typeof createApiKey>): Promise<Out<typeof createApiKey>> {
    return this.database.execute(call, async (tx) =>
      shown(await this.creating.run(tx, call.principal, call.body)),
    );
  }

  @Implements(rotateApiKey)
  rotate(@TheCall() call: Call<typeof rotateApiKey>): Promise<Out<typeof rotateApiKey>> {
    const { principal, params, body } = call;
    return this.database.execute(call, async (tx) =>
      shown(await this.rotating.run(tx, principal, params.id, body.overlapHours)),
    );
  }

  @Implements(revokeApiKey)
  async revoke(@TheCall() call: Call<typeof revokeApiKey>): Promise<Out<typeof revokeApiKey>> {
    await this.database.execute(call, (tx) => this.revoking.run(tx, call.principal, call.params.id));
    return undefined;
  }
}

const shown = ({ row, key }: Issued): Out<typeof createApiKey> => ({ ...toApiKey(row), key });

/** Whose keys somebody sees who asks for those of `owner`. */
function shownTo({ userId, permissions }: Principal, owner: 'user' | 'organization' | undefined) {
  if (permissions.has('api-key.manage')) return owner === 'user' ? 'members' : owner;
  return owner === 'organization' ? 'nobody' : { userId };
}
