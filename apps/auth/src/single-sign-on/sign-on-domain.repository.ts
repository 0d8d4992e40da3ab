import { Injectable } from '@nestjs/common';
import type { Prisma, SignOnDomain } from '../generated/prisma/client';

type Tx = Prisma.TransactionClient;

/** Domains of the transaction's organization. */
@Injectable()
export class SignOnDomainRepository {
  all(tx: Tx, organizationId: string): Promise<SignOnDomain[]> {
    return tx.signOnDomain.findMany({ where: { organizationId }, orderBy: { domain: 'asc' } });
  }

  find(tx: Tx, organizationId: string, id: string): Promise<SignOnDomain | null> {
    return tx.signOnDomain.findUnique({ where: { organizationId, id } });
  }

  /** The one that is there already where the domain was named before. */
  async add(
    tx: Tx,
    wish: Pick<SignOnDomain, 'id' | 'organizationId' | 'domain' | 'token'>,
  ): Promise<SignOnDomain> {
    await tx.signOnDomain.createMany({ data: [wish], skipDuplicates: true });
    const { organizationId, domain } = wish;
    return tx.signOnDomain.findUniqueOrThrow({
      where: { organizationId_domain: { organizationId, domain } },
    });
  }

  /** @returns null where another organization has proved the domain */
  async verify(tx: Tx, { organizationId, id, domain }: SignOnDomain): Promise<SignOnDomain | null> {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`sign-on domain ${domain}`}, 0))`;
    const holder = await this.organizationOf(tx, domain);
    if (holder === null) {
      await tx.$executeRaw`
        UPDATE sign_on_domain SET verified_at = clock_timestamp()
         WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid`;
    }
    return holder === null || holder === organizationId ? this.find(tx, organizationId, id) : null;
  }

  /** @returns false where there is none of this id */
  async remove(tx: Tx, organizationId: string, id: string): Promise<boolean> {
    return (await tx.signOnDomain.deleteMany({ where: { organizationId, id } })).count === 1;
  }

  async isVerified(tx: Tx, organizationId: string, domain: string): Promise<boolean> {
    const found = await tx.signOnDomain.findUnique({
      where: { organizationId_domain: { organizationId, domain } },
    });
    return found !== null && found.verifiedAt !== null;
  }

  /** Whose verified domain it is, in whichever organization. */
  async organizationOf(tx: Tx, domain: string): Promise<string | null> {
    await tx.$queryRaw`SELECT set_config('orion.email_domain', ${domain}, true)`;
    const [found] = await tx.$queryRaw<{ organizationId: string }[]>`
      SELECT organization_id AS "organizationId" FROM sign_on_domain
       WHERE domain = ${domain} AND verified_at IS NOT NULL`;
    return found?.organizationId ?? null;
  }
}
