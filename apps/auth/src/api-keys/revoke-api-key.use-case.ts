import { Injectable } from '@nestjs/common';
import { BusinessRuleException } from '@orion/problem';
import type { Principal } from '@orion/security';
import type { Prisma } from '../generated/prisma/client';
import { mayManage } from './api-key';
import { ApiKeyEnding } from './api-key-ending.service';
import { ApiKeyRepository } from './api-key.repository';

@Injectable()
export class RevokeApiKey {
  constructor(
    private readonly keys: ApiKeyRepository,
    private readonly ending: ApiKeyEnding,
  ) {}

  /** Does nothing for a key that was revoked before. @throws NOT_FOUND */
  async run(tx: Prisma.TransactionClient, principal: Principal, id: string): Promise<void> {
    const key = await this.keys.lock(tx, principal.organizationId, id);
    if (!key || !mayManage(principal, key)) throw new BusinessRuleException('NOT_FOUND');
    if (!key.revokedAt) await this.ending.revoke(tx, key, principal.userId);
  }
}
