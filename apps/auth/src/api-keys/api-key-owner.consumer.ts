import { Injectable } from '@nestjs/common';
import { type EventOf, membershipChanged } from '@orion/contracts';
import { type EventConsumer } from '@orion/messaging';
import type { Prisma } from '../generated/prisma/client';
import { ApiKeyEnding } from './api-key-ending.service';
import { ApiKeyRepository } from './api-key.repository';

/** Whoever leaves an organization leaves no key behind; those of somebody suspended wait for their return. */
@Injectable()
export class ApiKeyOwnerConsumer implements EventConsumer {
  readonly name = 'auth.api-key-owners';
  readonly events = [membershipChanged];

  constructor(
    private readonly keys: ApiKeyRepository,
    private readonly ending: ApiKeyEnding,
  ) {}

  async handle(tx: Prisma.TransactionClient, { data }: EventOf<typeof membershipChanged>): Promise<void> {
    if (data.active || data.suspended) return;
    const left = await this.keys.livingOf(tx, data.organizationId, data.userId);
    for (const key of left) await this.ending.revoke(tx, key, null);
  }
}
