import { Injectable } from '@nestjs/common';
import { apiKeyCreated, type createApiKey, type In } from '@orion/contracts';
import { Outbox } from '@orion/messaging';
import { BusinessRuleException } from '@orion/problem';
import { apiKeyHash, newApiKey, type Principal, requirePermission } from '@orion/security';
import { v7 as uuid } from 'uuid';
import type { Prisma } from '../generated/prisma/client';
import { normalPermissions } from '../roles/role';
import { RoleChanges } from '../roles/role-changes.service';
import { type ApiKeyRow, factOf } from './api-key';
import { ApiKeyRepository } from './api-key.repository';

/** Keys that work at once; lists of them are paged, memory of them is not endless. */
export const KEYS_PER_PERSON = 20;
export const KEYS_PER_ORGANIZATION = 100;

/** A key and its secret, which is shown this once. */
export interface Issued {
  row: ApiKeyRow;
  key: string;
}

@Injectable()
export class CreateApiKey {
  constructor(
    private readonly keys: ApiKeyRepository,
    private readonly changes: RoleChanges,
    private readonly outbox: Outbox,
  ) {}

  /** @throws FORBIDDEN naming what the caller lacks, API_KEY_LIMIT */
  async run(
    tx: Prisma.TransactionClient,
    principal: Principal,
    wish: In<typeof createApiKey>['body'],
  ): Promise<Issued> {
    const { organizationId, userId: createdBy } = principal;
    const personal = wish.owner === 'user';
    if (!personal) requirePermission(principal, 'api-key.manage');
    const scopes = normalPermissions(wish.scopes);
    await this.changes.refuseBeyond(tx, principal, scopes);
    const most = personal ? KEYS_PER_PERSON : KEYS_PER_ORGANIZATION;
    const owner = personal ? { userId: createdBy } : 'organization';
    if ((await this.keys.countAlone(tx, organizationId, owner)) >= most)
      throw new BusinessRuleException('API_KEY_LIMIT', `At most ${most}: revoke one that is not used`);
    const id = uuid();
    const { key, prefix } = newApiKey(organizationId);
    const userId = personal ? createdBy : null;
    const { name, expiresInDays: days } = wish;
    await this.keys.add(tx, { id, organizationId, userId, name, scopes, prefix, createdBy, days });
    await this.keys.addSecret(tx, organizationId, id, apiKeyHash(key));
    const row = await this.keys.lock(tx, organizationId, id);
    if (!row) throw new Error('a key that was just written is not there');
    const data = { ...factOf(row), createdBy };
    await this.outbox.publish(tx, apiKeyCreated, { organizationId, subject: id, data });
    return { row, key };
  }
}
