import { Injectable } from '@nestjs/common';
import { AUDIT_RETENTION } from '@orion/contracts';
import type { OrganizationState, Prisma } from '../generated/prisma/client';

type Tx = Prisma.TransactionClient;

@Injectable()
export class OrganizationStateRepository {
  /** Writes the state unless one with the same or a higher sequence is held. */
  async keep(tx: Tx, it: OrganizationState): Promise<void> {
    await tx.$executeRaw`
      INSERT INTO organization_state AS held (organization_id, owner_id, closed, sequence)
      VALUES (${it.organizationId}::uuid, ${it.ownerId}::uuid, ${it.closed}, ${it.sequence}::int)
      ON CONFLICT (organization_id) DO UPDATE
        SET owner_id = EXCLUDED.owner_id, closed = EXCLUDED.closed, sequence = EXCLUDED.sequence
        WHERE held.sequence < EXCLUDED.sequence`;
  }

  /** Removes everything auth keeps of the organization. */
  async erase(tx: Tx, organizationId: string): Promise<void> {
    const where = { organizationId };
    await tx.session.deleteMany({ where });
    await tx.apiKey.deleteMany({ where });
    await tx.identityProvider.deleteMany({ where });
    await tx.signOnDomain.deleteMany({ where });
    await tx.signOnAttempt.deleteMany({ where });
    await tx.externalIdentity.deleteMany({ where });
    await tx.membership.deleteMany({ where });
    await tx.role.deleteMany({ where });
    await tx.organizationState.deleteMany({ where });
    // Its audit log cannot be removed at once, but no longer than necessary is it kept.
    const days = AUDIT_RETENTION.least;
    await tx.auditRetention.upsert({ where, create: { organizationId, days }, update: { days } });
  }
}
