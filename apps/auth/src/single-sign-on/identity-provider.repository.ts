import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '@orion/service';
import type { AuthConfig } from '../auth.config';
import type { IdentityProvider, Prisma } from '../generated/prisma/client';
import { seal, unseal } from '../keys/private-key.cipher';

type Tx = Prisma.TransactionClient;

/** What an organization has set. */
export type Provider = Omit<IdentityProvider, 'clientSecret'>;

export type ProviderWish = Omit<Provider, 'updatedAt'> & { clientSecret: string };

const aboutOf = (organizationId: string): string => `identity provider ${organizationId}`;

/** The provider of the transaction's organization. */
@Injectable()
export class IdentityProviderRepository {
  private readonly key: Uint8Array;

  constructor(@Inject(CONFIG) config: Pick<AuthConfig, 'ORION_ENCRYPTION_KEY'>) {
    this.key = config.ORION_ENCRYPTION_KEY;
  }

  async find(tx: Tx, organizationId: string): Promise<(Provider & { clientSecret: string }) | null> {
    const found = await tx.identityProvider.findUnique({ where: { organizationId } });
    return found && { ...found, clientSecret: unseal(this.key, found.clientSecret, aboutOf(organizationId)) };
  }

  async set(tx: Tx, { organizationId, clientSecret, ...wish }: ProviderWish): Promise<void> {
    const sealed = new Uint8Array(seal(this.key, clientSecret, aboutOf(organizationId)));
    const state = { ...wish, clientSecret: sealed, updatedAt: new Date() };
    await tx.identityProvider.upsert({
      where: { organizationId },
      create: { organizationId, ...state },
      update: state,
    });
  }

  /** @returns false where there was none */
  async remove(tx: Tx, organizationId: string): Promise<boolean> {
    return (await tx.identityProvider.deleteMany({ where: { organizationId } })).count === 1;
  }
}
