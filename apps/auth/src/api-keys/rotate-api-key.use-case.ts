import { Injectable } from '@nestjs/common';
import { apiKeyRotated } from '@orion/contracts';
import { Outbox } from '@orion/messaging';
import { BusinessRuleException } from '@orion/problem';
import { apiKeyHash, newApiKey, type Principal } from '@orion/security';
import type { Prisma } from '../generated/prisma/client';
import { normalPermissions } from '../roles/role';
import { RoleChanges } from '../roles/role-changes.service';
import { factOf, mayManage, stateOf, toApiKey } from './api-key';
import { ApiKeyEnding } from './api-key-ending.service';
import { ApiKeyRepository } from './api-key.repository';
import type { Issued } from './create-api-key.use-case';

/** Secrets before the newest that may work at once: an answer that is lost costs one, and never the one in use. */
const MOST_BEFORE = 4;

@Injectable()
export class RotateApiKey {
  constructor(
    private readonly keys: ApiKeyRepository,
    private readonly ending: ApiKeyEnding,
    private readonly changes: RoleChanges,
    private readonly outbox: Outbox,
  ) {}

  /**
   * A secret is as good as what it opens: that of a person is for them alone, that of the organization for who holds all
   * its scopes.
   * @throws NOT_FOUND, FORBIDDEN, API_KEY_ENDED
   */
  async run(
    tx: Prisma.TransactionClient,
    principal: Principal,
    id: string,
    overlapHours: number,
  ): Promise<Issued> {
    const { organizationId, userId: rotatedBy } = principal;
    const before = await this.keys.lock(tx, organizationId, id);
    if (!before || !mayManage(principal, before)) throw new BusinessRuleException('NOT_FOUND');
    if (before.userId === null)
      await this.changes.refuseBeyond(tx, principal, normalPermissions(before.scopes));
    else if (before.userId !== rotatedBy)
      throw new BusinessRuleException('FORBIDDEN', 'Only its owner gets another secret for this key');
    if (stateOf(before) !== 'active') throw new BusinessRuleException('API_KEY_ENDED');
    const { key, prefix } = newApiKey(organizationId);
    await this.ending.endSecrets(tx, before, before.generation - (overlapHours === 0 ? 0 : MOST_BEFORE));
    await this.keys.advance(tx, before, prefix, overlapHours);
    await this.keys.addSecret(tx, organizationId, id, apiKeyHash(key));
    const row = await this.keys.lock(tx, organizationId, id);
    if (!row) throw new Error('a key that is locked is not there');
    const [last] = toApiKey(row).previous;
    const data = {
      ...factOf(row),
      rotatedBy,
      previousPrefix: before.prefix,
      previousUntil: last?.until ?? null,
    };
    await this.outbox.publish(tx, apiKeyRotated, { organizationId, subject: id, data });
    return { row, key };
  }
}
