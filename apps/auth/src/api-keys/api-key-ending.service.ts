import { Injectable } from '@nestjs/common';
import { apiKeyRevoked } from '@orion/contracts';
import { Outbox } from '@orion/messaging';
import { endedSessionKey } from '@orion/security';
import type { Prisma } from '../generated/prisma/client';
import { RevocationRepository } from '../sessions/revocation.repository';
import { type ApiKeyRow, factOf } from './api-key';
import { ApiKeyRepository } from './api-key.repository';

type Tx = Prisma.TransactionClient;

/** Ends secrets and keys: they are exchanged no more, and tokens they were exchanged for are refused as of ended sessions. */
@Injectable()
export class ApiKeyEnding {
  constructor(
    private readonly keys: ApiKeyRepository,
    private readonly revocations: RevocationRepository,
    private readonly outbox: Outbox,
  ) {}

  /** @param upTo the newest generation that ends */
  async endSecrets(tx: Tx, key: Pick<ApiKeyRow, 'organizationId' | 'id'>, upTo: number): Promise<void> {
    const ended = await this.keys.removeSecrets(tx, key, upTo);
    await this.revocations.add(
      tx,
      ended.map((id) => ({ key: endedSessionKey(id), digest: null })),
    );
  }

  /** @param revokedBy null where nobody did: the owner has left */
  async revoke(tx: Tx, key: ApiKeyRow, revokedBy: string | null): Promise<void> {
    const { organizationId, id: subject } = key;
    await this.keys.revoke(tx, key);
    await this.endSecrets(tx, key, key.generation);
    const data = { ...factOf(key), revokedBy };
    await this.outbox.publish(tx, apiKeyRevoked, { organizationId, subject, data });
  }
  /** Those of a person who has left. */
  async ofMember(tx: Tx, organizationId: string, userId: string): Promise<void> {
    const left = await this.keys.livingOf(tx, organizationId, userId);
    for (const key of left) await this.revoke(tx, key, null);
  }
}
